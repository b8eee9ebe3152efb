package io.p2pmap.spring;

import io.p2pmap.spring.actuate.P2pMapEndpointAutoConfiguration;
import io.p2pmap.spring.actuate.P2pMapHealthContributorAutoConfiguration;
import io.p2pmap.spring.autoconfigure.P2pMapAutoConfiguration;
import io.p2pmap.spring.event.MapEventAutoConfiguration;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Application contexts whose node has a cluster and ports of its own, on loopback. */
public final class TestContexts {

  public static final String FLAGS = "p2pmap.maps.flags.value-type=" + FeatureFlag.class.getName();

  private static final int PORTS = 3;

  private TestContexts() {}

  /** All auto-configurations of this module. */
  public static ApplicationContextRunner runner() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                P2pMapAutoConfiguration.class,
                MapEventAutoConfiguration.class,
                P2pMapHealthContributorAutoConfiguration.class,
                P2pMapEndpointAutoConfiguration.class))
        .withInitializer(
            context ->
                context.getEnvironment().setConversionService(new ApplicationConversionService()))
        .withPropertyValues(nodeProperties());
  }

  /** Properties of a node that meets no other one. */
  public static String[] nodeProperties() {
    return new String[] {
      "spring.application.name=" + UUID.randomUUID(),
      "p2pmap.bind-port=" + freePort(),
      "p2pmap.port-range=" + (PORTS - 1),
      "p2pmap.sync.startup-timeout=2s"
    };
  }

  /** First of a few ports that are free now. */
  public static int freePort() {
    while (true) {
      int first = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      if (isFree(first) && isFree(first + 1) && isFree(first + 2)) {
        return first;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException ex) {
      return false;
    }
  }
}
