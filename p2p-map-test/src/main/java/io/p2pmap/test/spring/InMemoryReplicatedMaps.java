package io.p2pmap.test.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

/**
 * Gives the node of a test's application context a cluster of its own in memory: no port, no other
 * node, and a temporary folder for persisted maps. Works in {@code @SpringBootTest} and in test
 * slices, which get the auto-configuration of p2p-map by it. Contexts are cached as usual; each has
 * its own cluster.
 *
 * <p>The {@link io.p2pmap.test.TestCluster} of the context can be injected: it starts more nodes
 * beside the application's, cuts and heals, and waits until all agree.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ImportAutoConfiguration
public @interface InMemoryReplicatedMaps {

  /** Name of the application's node, for {@code TestCluster.cut} and the like. */
  String nodeName() default "app";

  /**
   * Name of the cluster; a random one if empty. Contexts of this JVM that name the same cluster see
   * each other.
   */
  String clusterName() default "";
}
