package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.UUID;
import org.jgroups.JChannel;
import org.jgroups.stack.Protocol;
import org.jgroups.util.ExtendedUUID;
import org.jgroups.util.Util;
import org.junit.jupiter.api.Test;

class ChannelFactoryTest {

  @Test
  void nothingListensAnywhereButOnTheBindAddress() throws Exception {
    InetAddress address = InetAddress.getByName("127.0.0.1");
    MeshTcp tcp = new MeshTcp(new Drops(), bound -> {});
    JGroupsSettings settings =
        new JGroupsSettings("c", "n", UUID.randomUUID(), address, 7800, 0, null, 1, 1);
    try (JChannel channel =
        ChannelFactory.create(
            settings,
            ExtendedUUID.randomUUID(),
            tcp,
            new CandidateAddresses(settings.candidates()))) {
      List<Protocol> bindable =
          channel.getProtocolStack().getProtocols().stream()
              .filter(protocol -> Util.getField(protocol.getClass(), "bind_addr") != null)
              .toList();

      assertThat(bindable)
          .isNotEmpty()
          .allSatisfy(
              protocol -> assertThat(protocol.<Object>getValue("bind_addr")).isEqualTo(address));
      assertThat(tcp.getDiagnosticsHandler().isEnabled()).isFalse();
    }
  }
}
