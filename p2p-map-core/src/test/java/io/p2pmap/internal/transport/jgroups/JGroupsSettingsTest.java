package io.p2pmap.internal.transport.jgroups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JGroupsSettingsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @Test
  void withoutDiscoveryEveryPortOfTheRangeIsACandidate() {
    assertThat(settings("c", LOOPBACK, 7800, 2, 1, 1).candidates().candidates())
        .map(InetSocketAddress::getPort)
        .isEqualTo(List.of(7800, 7801, 7802));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "-1, 1", "7800, -1", "65535, 1", "65536, 0", "1, 2147483647"})
  void portsOutsideTheirBoundsAreRefused(int port, int range) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("c", LOOPBACK, port, range, 1, 1))
        .withMessageContaining(Integer.toString(range < 0 ? range : port));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void aWildcardIsRefusedSinceNobodyCouldReachIt(String address) throws UnknownHostException {
    InetAddress wildcard = InetAddress.getByName(address);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings("c", wildcard, 7800, 0, 1, 1))
        .withMessageContaining("wildcard");
  }

  @Test
  void blankNamesAndAnEmptyWireWindowAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> settings(" ", LOOPBACK, 7800, 0, 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> settings("c", LOOPBACK, 7800, 0, 2, 1));
  }

  private static JGroupsSettings settings(
      String name, InetAddress address, int port, int range, int minWire, int maxWire) {
    return new JGroupsSettings(
        name, "n", UUID.randomUUID(), address, port, range, null, minWire, maxWire);
  }
}
