package io.p2pmap.cluster;

import io.p2pmap.discovery.Discovery;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Every kind of discovery as a text: {@code <kind> <arguments>}. */
final class Discoveries {

  private Discoveries() {}

  static Optional<Discovery> parse(String text) {
    String[] words = text.split(" ");
    return switch (words[0]) {
      case "" -> Optional.empty();
      case "none" -> Optional.of(Discovery.none());
      case "hosts" ->
          Optional.of(
              Discovery.hosts(Arrays.stream(words).skip(1).map(Addresses::unresolved).toList()));
      case "dns" ->
          Optional.of(
              Discovery.dns(words[1], Integer.parseInt(words[2]), Addresses.unresolved(words[3])));
      case "multicast" -> Optional.of(Discovery.multicast(Addresses.resolved(words[1])));
      case "jdbc" -> Optional.of(Discovery.jdbc(dataSource(words[1]), "p2pmap_node"));
      case "folder" -> Optional.of(Discovery.folder(Path.of(words[1])));
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static DataSource dataSource(String url) {
    if (url.startsWith("jdbc:h2:")) {
      JdbcDataSource h2 = new JdbcDataSource();
      h2.setUrl(url);
      h2.setUser("sa");
      return h2;
    }
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setUrl(url);
    return postgres;
  }
}
