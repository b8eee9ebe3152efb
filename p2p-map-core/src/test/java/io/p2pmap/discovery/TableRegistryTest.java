package io.p2pmap.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableRegistryTest extends RegistryContract {

  private final JdbcDataSource database = new JdbcDataSource();
  private Connection keepsItOpen;

  @BeforeEach
  void createDatabase() throws SQLException {
    database.setUrl("jdbc:h2:mem:" + UUID.randomUUID());
    database.setUser("sa");
    keepsItOpen = database.getConnection();
  }

  @AfterEach
  void dropDatabase() throws SQLException {
    keepsItOpen.close();
  }

  @Override
  Registry newRegistry() {
    return new TableRegistry(database, "p2pmap_node");
  }

  @Test
  void aTableThatCanNotBeCreatedIsToldWithItsStatement() throws SQLException {
    keepsItOpen.createStatement().execute("CREATE USER guest PASSWORD 'guest'");
    JdbcDataSource guest = new JdbcDataSource();
    guest.setUrl(database.getUrl());
    guest.setUser("guest");
    guest.setPassword("guest");

    assertThatIllegalStateException()
        .isThrownBy(() -> new TableRegistry(guest, "p2pmap_node").open("shop"))
        .withMessageContaining("CREATE TABLE p2pmap_node (cluster_name VARCHAR(200) NOT NULL");
  }

  @Test
  void aConnectionWithoutAutoCommitIsCommitted() throws Exception {
    JdbcDataSource manual = new JdbcDataSource();
    manual.setUrl(database.getUrl() + ";INIT=SET AUTOCOMMIT FALSE");
    manual.setUser("sa");
    try (Connection connection = manual.getConnection()) {
      assertThat(connection.getAutoCommit()).isFalse();
    }
    Registry registry = new TableRegistry(manual, "p2pmap_node");
    registry.open("shop");

    registry.write("127.0.0.2:7800", 1);

    assertThat(open("shop").read()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a;", "a--", "1a", "a.", "\"a\"", "a.b.c.d"})
  void whatIsNoNameIsRefused(String table) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Discovery.jdbc(database, table))
        .withMessageContaining("'" + table + "'");
  }
}
