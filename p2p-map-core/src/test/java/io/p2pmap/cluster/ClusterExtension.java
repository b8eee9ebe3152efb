package io.p2pmap.cluster;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test its {@link Cluster} and ends it after the test. The nodes' logs are in {@code
 * target/cluster-logs}, in a folder a test, or an invocation of it.
 */
public final class ClusterExtension implements ParameterResolver {

  private static final Path LOGS = Path.of("target", "cluster-logs");
  private static final Namespace NAMESPACE = Namespace.create(ClusterExtension.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Cluster.class;
  }

  @Override
  public Cluster resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Cluster.class, type -> new Cluster(logs(context)), Cluster.class);
  }

  private static Path logs(ExtensionContext context) {
    String test =
        context.getTestMethod().map(method -> method.getName()).orElse(context.getDisplayName());
    String uniqueId = context.getUniqueId();
    int invocation = uniqueId.lastIndexOf('#'); // of a test that runs several times
    return LOGS.resolve(context.getRequiredTestClass().getSimpleName())
        .resolve(invocation < 0 ? test : test + uniqueId.substring(invocation).replace("]", ""));
  }
}
