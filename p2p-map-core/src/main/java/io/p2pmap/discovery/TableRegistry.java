package io.p2pmap.discovery;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Entries as rows of a table. Uses no clock and no dialect of the database: the beat is a number,
 * and all statements are plain SQL.
 */
final class TableRegistry implements Registry {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*){0,2}");
  private static final int MAX_ROWS = 1_000;
  private static final int TIMEOUT_SECONDS = 5;

  private static final String CREATE =
      "CREATE TABLE %s (cluster_name VARCHAR(200) NOT NULL, address VARCHAR(100) NOT NULL,"
          + " beat BIGINT NOT NULL, PRIMARY KEY (cluster_name, address))";

  private final DataSource dataSource;
  private final String table;
  private volatile String clusterName = "";
  private volatile boolean isOpen;

  TableRegistry(DataSource dataSource, String table) {
    if (!NAME.matcher(table).matches()) {
      throw new IllegalArgumentException(
          "A table of discovery has a name of letters, digits and '_', perhaps after a schema and"
              + " a dot, but not '%s'".formatted(table));
    }
    this.dataSource = dataSource;
    this.table = table;
  }

  @Override
  public void open(String clusterName) throws SQLException {
    this.clusterName = clusterName;
    if (isOpen) {
      return;
    }
    SQLException refusal = null;
    if (!isUsable()) {
      refusal = tryCreate();
    }
    if (refusal != null && !isUsable()) { // else another node was faster
      throw new IllegalStateException(
          "Can't use or create %s: %s. Create it: %s"
              .formatted(this, refusal.getMessage(), CREATE.formatted(table)),
          refusal);
    }
    isOpen = true;
  }

  @Override
  public void write(String address, long beat) throws SQLException {
    try {
      updateOrInsert(address, beat);
    } catch (SQLException e) {
      isOpen = false; // somebody may have dropped the table
      throw e;
    }
  }

  private void updateOrInsert(String address, long beat) throws SQLException {
    String update = "UPDATE %s SET beat = ? WHERE cluster_name = ? AND address = ?";
    if (update(update, beat, clusterName, address) == 0) {
      update(
          "INSERT INTO %s (beat, cluster_name, address) VALUES (?, ?, ?)",
          beat, clusterName, address);
    }
  }

  @Override
  public Map<String, Long> read() throws SQLException {
    String sql = "SELECT address, beat FROM %s WHERE cluster_name = ?".formatted(table);
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setQueryTimeout(TIMEOUT_SECONDS);
      select.setMaxRows(MAX_ROWS);
      select.setString(1, clusterName);
      Map<String, Long> entries = new HashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          entries.put(rows.getString(1), rows.getLong(2));
        }
      }
      return entries;
    }
  }

  @Override
  public void remove(String address, long beat) throws SQLException {
    update(
        "DELETE FROM %s WHERE beat = ? AND cluster_name = ? AND address = ?",
        beat, clusterName, address);
  }

  @Override
  public String toString() {
    return "database table " + table;
  }

  /** Whether the table is there and may be read; fails if the database can't be reached. */
  private boolean isUsable() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return isUsable(connection);
    }
  }

  private boolean isUsable(Connection connection) {
    try (Statement select = connection.createStatement()) {
      select.setQueryTimeout(TIMEOUT_SECONDS);
      select.executeQuery("SELECT address, beat FROM %s WHERE 1 = 0".formatted(table)).close();
      return true;
    } catch (SQLException e) {
      return false;
    }
  }

  /** Creates the table; returns why it can't, or null. */
  private @Nullable SQLException tryCreate() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      try (Statement create = connection.createStatement()) {
        create.executeUpdate(CREATE.formatted(table));
        commit(connection);
        return null;
      } catch (SQLException e) {
        return e;
      }
    }
  }

  private int update(String sql, long beat, String clusterName, String address)
      throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql.formatted(table))) {
      statement.setQueryTimeout(TIMEOUT_SECONDS);
      statement.setLong(1, beat);
      statement.setString(2, clusterName);
      statement.setString(3, address);
      int rows = statement.executeUpdate();
      commit(connection);
      return rows;
    }
  }

  private static void commit(Connection connection) throws SQLException {
    if (!connection.getAutoCommit()) {
      connection.commit();
    }
  }
}
