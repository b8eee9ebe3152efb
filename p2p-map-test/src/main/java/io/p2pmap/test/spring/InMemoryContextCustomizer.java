package io.p2pmap.test.spring;

import io.p2pmap.ReplicatedMaps;
import io.p2pmap.test.TestCluster;
import java.util.Map;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Puts the node of a context into a cluster in memory. Part of the key of the context cache, and
 * therefore equal for equal annotations: a random name is drawn when a context is really made.
 */
record InMemoryContextCustomizer(String nodeName, String clusterName) implements ContextCustomizer {

  private static final String NAME = "p2pMapTestCluster";

  @Override
  public void customizeContext(
      ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
    TestCluster cluster =
        clusterName.isEmpty() ? TestCluster.create() : TestCluster.named(clusterName);
    Map<String, Object> properties =
        Map.of(
            "p2pmap.transport",
            "memory",
            "p2pmap.cluster-name",
            cluster.clusterName(),
            "p2pmap.node-name",
            nodeName,
            "p2pmap.storage.directory",
            cluster.storageDirectory().toString());
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(NAME, properties));
    register(cluster, (DefaultListableBeanFactory) context.getBeanFactory());
  }

  private static void register(TestCluster cluster, DefaultListableBeanFactory beanFactory) {
    beanFactory.registerSingleton(NAME, cluster);
    beanFactory.addBeanPostProcessor(
        new BeanPostProcessor() {
          @Override
          public Object postProcessAfterInitialization(Object bean, String beanName) {
            if (bean instanceof ReplicatedMaps node) {
              cluster.include(node);
            }
            return bean;
          }
        });
    // Registered before every bean, hence destroyed after the application's node.
    beanFactory.registerDisposableBean(NAME, cluster::close);
  }
}
