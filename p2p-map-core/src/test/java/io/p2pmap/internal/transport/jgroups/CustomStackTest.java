package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.p2pmap.internal.transport.Peer;
import io.p2pmap.internal.transport.RecordingHandler;
import io.p2pmap.internal.transport.TestNode;
import io.p2pmap.internal.transport.TransportException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.NetworkInterface;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jgroups.JChannel;
import org.jgroups.util.ExtendedUUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes on a JGroups stack that the user wrote. */
class CustomStackTest {

  private static final String STACK =
      """
      <config xmlns="urn:org:jgroups">
        <TCP bind_addr="127.0.0.1" bind_port="%1$d" port_range="2" diag.enabled="true"/>
        <TCPPING initial_hosts="127.0.0.1[%1$d]" port_range="2"/>
        <MERGE3 min_interval="500" max_interval="1500"/>
        <FD_ALL3/>
        <VERIFY_SUSPECT2/>
        <NAKACK4/>
        <UNICAST4/>
        <pbcast.GMS join_timeout="1000" print_local_addr="false"/>
        <FRAG4/>
      </config>
      """;

  private final TestPorts ports = TestPorts.unused(2);
  @TempDir private Path folder;

  @Test
  void nodesMeetAndExchangeFrames() throws Exception {
    try (TestNode a = node("a", STACK);
        TestNode b = node("b", STACK)) {
      a.start();
      b.start();

      a.awaitOthers(b);
      b.awaitOthers(a);
      assertThat(a.handler().view().others())
          .extracting(Peer::nodeName, Peer::address)
          .containsExactly(tuple("b", "127.0.0.1:" + (ports.first() + 1)));
      a.transport().multicast(new byte[] {1});
      b.transport().unicast(a.id(), new byte[100_000]);
      await().until(() -> b.handler().framesFrom(a.id()).size() == 1);
      await().until(() -> a.handler().framesFrom(b.id()).size() == 1);
    }
  }

  @Test
  void diagnosticsStayOffAndObjectsStayUnread() throws Exception {
    try (JChannel channel =
        new CustomStack(file(STACK, false))
            .create(ports.settings("a"), ExtendedUUID.randomUUID(), bound -> {})) {
      assertThat(channel.getProtocolStack().getTransport().getDiagnosticsHandler().isEnabled())
          .isFalse();
      assertThat(System.getProperty(SerializationLock.PROPERTY)).isEqualTo("!*");
    }
  }

  @Test
  void anAddressThatOthersCanReachNeedsTlsOrPermission() throws Exception {
    String reachable = STACK.replace("127.0.0.1\" bind", "NON_LOOPBACK\" bind");
    assumeTrue(hasOtherAddress(), "Only loopback is up");
    try (TestNode node = node("a", reachable)) {
      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(node::start)
          .withMessageContainingAll("stack.xml", "without TLS")
          .satisfies(e -> assertThat(e.action()).contains("tls.client_auth"));
      assertThat(node.handler().views()).isEmpty();
    }
  }

  private static boolean hasOtherAddress() throws IOException {
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .anyMatch(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress());
  }

  @ParameterizedTest
  @CsvSource({
    "'', stack.xml",
    "no xml, stack.xml",
    "<config><NO_SUCH_PROTOCOL/></config>, NO_SUCH_PROTOCOL",
    "<config><TCP no_such='1' bind_addr='127.0.0.1'/></config>, no_such",
    "<config><TCP bind_addr='127.0.0.1'/><LOCAL_PING/></config>, pbcast.GMS"
  })
  void aStackThatIsNoneIsNamed(String xml, String complaint) throws Exception {
    try (TestNode node = node("a", xml)) {
      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(node::start)
          .withMessageContainingAll("stack.xml", complaint);
    }
  }

  @Test
  void aFileThatIsMissingIsNamed() throws Exception {
    StackFile missing = new StackFile(folder.resolve("missing.xml").toUri().toURL(), false);
    try (JGroupsTransport transport = JGroupsTransport.onStack(missing, ports.settings("a"))) {
      assertThatExceptionOfType(TransportException.class)
          .isThrownBy(() -> transport.start(new RecordingHandler()))
          .withMessageContaining("missing.xml");
    }
  }

  private TestNode node(String name, String stack) throws IOException {
    JGroupsSettings settings = ports.settings(name);
    return new TestNode(
        settings.incarnation(),
        name,
        JGroupsTransport.onStack(file(stack, false), settings),
        new RecordingHandler());
  }

  private StackFile file(String stack, boolean allowPlaintext) throws IOException {
    Path file = folder.resolve("stack.xml");
    Files.writeString(file, stack.formatted(ports.first()));
    return new StackFile(url(file.toUri()), allowPlaintext);
  }

  private static URL url(URI uri) throws MalformedURLException {
    return uri.toURL();
  }
}
