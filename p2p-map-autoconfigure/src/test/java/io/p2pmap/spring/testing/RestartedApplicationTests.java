package io.p2pmap.spring.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestContexts;
import io.p2pmap.test.TestCluster;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;
import org.springframework.core.OverridingClassLoader;

/** What DevTools does: each start of the application has a class loader of its own. */
class RestartedApplicationTests {

  private final TestCluster cluster = TestCluster.create();

  @AfterEach
  void close() {
    cluster.close();
  }

  @Test
  void valuesHaveTheClassesOfTheApplicationThatReadsThem() throws Exception {
    cluster
        .start("other")
        .open(MapSpec.of("flags", String.class, FeatureFlag.class))
        .put("beta", FeatureFlag.on(5));
    List<Class<?>> seen = new ArrayList<>(List.of(FeatureFlag.class));
    for (int start = 0; start < 2; start++) {
      ClassLoader loader = new ApplicationClassLoader();
      Class<?> read = classOfBeta(loader);
      assertThat(read).isSameAs(loader.loadClass(FeatureFlag.class.getName())).isNotIn(seen);
      seen.add(read);
    }
  }

  private Class<?> classOfBeta(ClassLoader loader) {
    List<Class<?>> read = new ArrayList<>();
    TestContexts.runner()
        .withClassLoader(loader)
        .withPropertyValues(
            TestContexts.FLAGS,
            "p2pmap.transport=memory",
            "p2pmap.cluster-name=" + cluster.clusterName())
        .run(context -> read.add(flags(context).get("beta").getClass()));
    return read.get(0);
  }

  /** Of values whose type this class can't name. */
  @SuppressWarnings("unchecked")
  private static ReplicatedMap<String, Object> flags(ApplicationContext context) {
    return context.getBean("flags", ReplicatedMap.class);
  }

  /** Loads the application's classes itself, everything else by the loader of the libraries. */
  private static final class ApplicationClassLoader extends OverridingClassLoader {

    ApplicationClassLoader() {
      super(RestartedApplicationTests.class.getClassLoader());
    }

    @Override
    protected boolean isEligibleForOverriding(String className) {
      return className.equals(FeatureFlag.class.getName());
    }
  }
}
