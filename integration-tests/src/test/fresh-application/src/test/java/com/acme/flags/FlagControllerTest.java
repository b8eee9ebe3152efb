package com.acme.flags;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.MapSpec;
import io.p2pmap.test.TestCluster;
import io.p2pmap.test.spring.InMemoryReplicatedMaps;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@InMemoryReplicatedMaps
class FlagControllerTest {

  @Autowired private FlagController controller;
  @Autowired private TestCluster cluster;

  @Test
  void aFlagThatAnotherNodeWroteIsThere() {
    FeatureFlag flag = new FeatureFlag("web", 50);
    cluster.start("other").open(MapSpec.of("flags", String.class, FeatureFlag.class)).put("f", flag);
    cluster.awaitAgreement("flags");
    assertThat(controller.get("f")).isEqualTo(flag);
  }
}
