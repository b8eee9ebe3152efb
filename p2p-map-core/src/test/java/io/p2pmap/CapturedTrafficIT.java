package io.p2pmap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.p2pmap.cluster.RecordingProxy;
import io.p2pmap.cluster.TestAuthority;
import io.p2pmap.cluster.TestSecrets;
import io.p2pmap.internal.transport.Transport;
import io.p2pmap.internal.transport.jgroups.JGroupsSettings;
import io.p2pmap.internal.transport.jgroups.ProxiedTransport;
import io.p2pmap.internal.wire.WireVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

/** What somebody sees who records all traffic between two nodes. */
class CapturedTrafficIT {

  private static final String KEY = "the-key-of-an-entry";
  private static final String VALUE = "the-value-of-an-entry";
  private static final MapSpec<String, String> MAP =
      MapSpec.of("name-of-the-map", String.class, String.class);

  private final String clusterName = "test-" + UUID.randomUUID();

  @Test
  void plaintextShowsEverything() throws IOException {
    assertThat(recording(null)).contains(KEY, VALUE, MAP.name(), "node-one");
  }

  @Test
  void aSharedSecretHidesKeysValuesAndNames() throws IOException {
    String secret = TestSecrets.random();
    assertThat(recording(NodeSecurity.sharedSecret(secret)))
        .doesNotContain(KEY, VALUE, MAP.name(), "node-one", clusterName, secret);
  }

  @Test
  void certificatesHideKeysValuesAndNames() throws IOException {
    TestAuthority authority = TestAuthority.first();
    SSLContext context = authority.contextTrusting(authority);
    assertThat(recording(NodeSecurity.tls(() -> context)))
        .doesNotContain(KEY, VALUE, MAP.name(), "node-one", clusterName);
  }

  /** Everything that two nodes send while one writes and the other catches up. */
  private String recording(NodeSecurity security) throws IOException {
    int firstPort = freePort();
    int secondPort = freePort();
    try (RecordingProxy first = new RecordingProxy(() -> firstPort);
        RecordingProxy second = new RecordingProxy(() -> secondPort);
        ReplicatedMaps one = node("node-one", firstPort, first, second, security);
        ReplicatedMaps two = node("node-two", secondPort, second, first, security)) {
      one.open(MAP).put(KEY, VALUE);
      one.start();
      ReplicatedMap<String, String> map = two.open(MAP);
      two.start();
      await().until(() -> VALUE.equals(map.get(KEY)));
      map.put(KEY + "-2", VALUE + "-2");
      await().until(() -> one.open(MAP).containsKey(KEY + "-2"));

      String recorded =
          Stream.of(first, second)
              .flatMap(proxy -> proxy.recorded().stream())
              .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
              .collect(Collectors.joining("\n"));
      assertThat(recorded.length()).isGreaterThan(1_000);
      return recorded;
    }
  }

  private ReplicatedMaps node(
      String name, int port, RecordingProxy own, RecordingProxy other, NodeSecurity security) {
    NodeSettings.Draft draft = new NodeSettings.Draft();
    draft.clusterName = clusterName;
    draft.nodeName = name;
    draft.bindPort = port;
    draft.security = security;
    return new ReplicatedMaps(
        draft.toSettings(),
        (settings, incarnation) -> transport(settings, incarnation, own, other));
  }

  private static Transport transport(
      NodeSettings settings, UUID incarnation, RecordingProxy own, RecordingProxy other) {
    NodeSecurity security = settings.security();
    return ProxiedTransport.behind(
        own.address(),
        new JGroupsSettings(
            settings.clusterName(),
            settings.nodeName(),
            incarnation,
            InetAddress.getLoopbackAddress(),
            settings.bindPort(),
            0,
            () -> List.of(other.address()),
            WireVersion.MIN,
            WireVersion.MAX),
        security == null ? null : security.contexts(settings.clusterName()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
