package io.p2pmap.spring.metrics;

import static org.awaitility.Awaitility.await;

import io.p2pmap.MapStatus;
import io.p2pmap.spring.FeatureFlag;
import io.p2pmap.spring.TestApplication;
import io.p2pmap.spring.TestContexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.springframework.util.FileSystemUtils;

/**
 * Two applications of one cluster on real sockets, {@code a} and {@code b}, measured by Prometheus;
 * started for the first test that wants them, and closed after the last.
 */
final class TwoApplications implements BeforeAllCallback, ParameterResolver {

  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The two, with the properties of their cluster. */
  record Pair(Path folder, String[] properties, TestApplication a, TestApplication b)
      implements AutoCloseable {

    static Pair start() {
      Path folder = newFolder();
      String[] node = TestContexts.nodeProperties();
      TestApplication a = Pair.start(node, folder, "a");
      a.<String, FeatureFlag>map("flags").put("early", FeatureFlag.on(1));
      a.<String, String>map("kept").put("early", "v");
      TestApplication b = Pair.start(node, folder, "b");
      await().atMost(PATIENCE).until(() -> isInSync(a) && isInSync(b));
      return new Pair(folder, node, a, b);
    }

    private static TestApplication start(String[] node, Path folder, String name) {
      return TestApplication.start(
          node,
          TestContexts.FLAGS,
          "p2pmap.node-name=" + name,
          "p2pmap.sync.interval=200ms",
          "p2pmap.storage.directory=" + folder,
          "p2pmap.maps.kept.value-type=java.lang.String",
          "p2pmap.maps.kept.persist=true",
          "management.metrics.distribution.percentiles-histogram.p2pmap.replication.lag=true",
          "management.metrics.distribution.percentiles-histogram.p2pmap.storage.force=true");
    }

    private static Path newFolder() {
      try {
        return Files.createTempDirectory("p2pmap");
      } catch (IOException ex) {
        throw new UncheckedIOException(ex);
      }
    }

    private static boolean isInSync(TestApplication application) {
      MapStatus status = application.map("flags").status();
      return status.members().size() == 1
          && status.isInSync()
          && status.state() == MapStatus.State.READY;
    }

    @Override
    public void close() throws IOException {
      b.close();
      a.close();
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    pair(context);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Pair.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return pair(context);
  }

  private static Pair pair(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(TwoApplications.class))
        .computeIfAbsent(Pair.class, type -> Pair.start(), Pair.class);
  }
}
