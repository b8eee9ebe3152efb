package io.p2pmap.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegisteredTest {

  private static final InetSocketAddress A = new InetSocketAddress("127.0.0.2", 7800);
  private static final InetSocketAddress B = new InetSocketAddress("127.0.0.3", 7800);

  @TempDir private Path folder;
  private final List<Discovery> opened = new ArrayList<>();

  @AfterEach
  void close() {
    opened.forEach(Discovery::close);
  }

  @Test
  void nodesFindEachOtherUntilTheyLeave() {
    Discovery a = announced(A, Duration.ofMinutes(1));
    Discovery b = announced(B, Duration.ofMinutes(1));
    assertThat(a.candidates()).containsExactlyInAnyOrder(A, B);
    assertThat(b.candidates()).containsExactlyInAnyOrder(A, B);

    b.close();

    assertThat(a.candidates()).containsExactly(A);
  }

  @Test
  void anEntryLeavesWhenNobodyRenewsIt() throws Exception {
    Discovery a = announced(A, Duration.ofMillis(500));
    Discovery renewed = announced(B, Duration.ofMillis(500));
    FolderRegistry left = new FolderRegistry(folder);
    left.open("shop");
    left.write("127.0.0.4:7800", 1);
    assertThat(a.candidates()).hasSize(3);

    await().untilAsserted(() -> assertThat(a.candidates()).containsExactlyInAnyOrder(A, B));

    assertThat(left.read()).containsOnlyKeys("127.0.0.2:7800", "127.0.0.3:7800");
    await()
        .during(Duration.ofSeconds(1))
        .untilAsserted(() -> assertThat(renewed.candidates()).containsExactlyInAnyOrder(A, B));
  }

  @Test
  void anEntryThatWasTakenAwayComesBack() {
    Discovery a = announced(A, Duration.ofMinutes(1));
    assertThat(folder.toFile().listFiles()).hasSize(1).allMatch(java.io.File::delete);

    await().untilAsserted(() -> assertThat(a.candidates()).containsExactly(A));
  }

  @Test
  void aPlaceThatCanNeverWorkStopsTheStart() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Discovery discovery = Discovery.folder(file);
    opened.add(discovery);

    assertThatIllegalStateException()
        .isThrownBy(() -> discovery.announce("shop", A))
        .withMessageContaining(file.toString());
    assertThat(discovery.candidates()).isEmpty();
  }

  @Test
  void aPlaceThatIsAwayIsUsedWhenItComes() throws Exception {
    JdbcDataSource database = new JdbcDataSource();
    database.setUrl("jdbc:h2:%s;IFEXISTS=TRUE".formatted(folder.resolve("db")));
    database.setUser("sa");
    Discovery late = open(new TableRegistry(database, "nodes"), Duration.ofMinutes(1));
    late.announce("shop", A);
    assertThatIllegalStateException().isThrownBy(late::candidates);

    JdbcDataSource creates = new JdbcDataSource();
    creates.setUrl("jdbc:h2:" + folder.resolve("db"));
    creates.setUser("sa");
    creates.getConnection().close();

    await()
        .ignoreException(IllegalStateException.class)
        .untilAsserted(() -> assertThat(late.candidates()).containsExactly(A));
  }

  @Test
  void itsThreadEndsWithIt() {
    Discovery a = announced(A, Duration.ofMinutes(1));
    assertThat(threads()).isPositive();

    a.close();

    assertThat(threads()).isZero();
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("p2pmap-discovery-7800"))
        .count();
  }

  private Discovery announced(InetSocketAddress self, Duration lifetime) {
    Discovery discovery = open(new FolderRegistry(folder), lifetime);
    discovery.announce("shop", self);
    return discovery;
  }

  private Discovery open(Registry registry, Duration lifetime) {
    Discovery discovery = new Registered(registry, Duration.ofMillis(50), lifetime);
    opened.add(discovery);
    return discovery;
  }
}
