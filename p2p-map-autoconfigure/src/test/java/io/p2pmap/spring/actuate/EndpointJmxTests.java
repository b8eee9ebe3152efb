package io.p2pmap.spring.actuate;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestApplication;
import io.p2pmap.spring.TestContexts;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The endpoint of a real application over JMX. */
class EndpointJmxTests {

  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
  private static final String DOMAIN = "io.p2pmap.spring.actuate.jmx";

  private static TestApplication application;

  @BeforeAll
  static void start() {
    application =
        TestApplication.start(
            TestContexts.nodeProperties(),
            TestContexts.FLAGS,
            "p2pmap.node-name=node-a",
            "spring.jmx.enabled=true",
            "management.endpoints.jmx.domain=" + DOMAIN,
            "management.endpoints.jmx.exposure.include=p2pmap");
    application.<String, FeatureFlag>map("flags").put("beta", FeatureFlag.on(5));
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void theNodeIsShown() throws Exception {
    Map<?, ?> node = (Map<?, ?>) invoke("node");
    assertThat(node.get("name")).isEqualTo("node-a");
    assertThat(node.get("maps").toString()).startsWith("{flags=");
  }

  @Test
  void aPageAndAnEntryAreShown() throws Exception {
    Map<?, ?> page = (Map<?, ?>) invoke("page", "flags", 0, 10, "be", null);
    assertThat(page.get("total")).isEqualTo(1);
    assertThat((List<?>) page.get("entries")).hasSize(1);
    Map<?, ?> entry = (Map<?, ?>) invoke("entry", "flags", "beta");
    assertThat(entry.get("writer")).isEqualTo("node-a");
    assertThat(entry.get("value")).isEqualTo("******");
  }

  @Test
  void nothingIsRemovedUnlessAccessIsUnrestricted() throws Exception {
    assertThat(SERVER.getMBeanInfo(name()).getOperations())
        .extracting(MBeanOperationInfo::getName)
        .containsExactlyInAnyOrder("node", "page", "entry");
  }

  private static Object invoke(String operation, Object... arguments) throws Exception {
    MBeanOperationInfo info =
        Arrays.stream(SERVER.getMBeanInfo(name()).getOperations())
            .filter(each -> each.getName().equals(operation))
            .findFirst()
            .orElseThrow();
    String[] signature =
        Arrays.stream(info.getSignature())
            .map(parameter -> parameter.getType())
            .toArray(String[]::new);
    return SERVER.invoke(name(), operation, arguments, signature);
  }

  private static ObjectName name() throws Exception {
    return SERVER.queryNames(new ObjectName(DOMAIN + ":type=Endpoint,name=P2pmap,*"), null).stream()
        .findFirst()
        .orElseThrow();
  }
}
