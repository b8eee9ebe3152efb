package io.p2pmap.test.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Finds {@link InMemoryReplicatedMaps} on a test class, or around a nested one. */
final class InMemoryContextCustomizerFactory implements ContextCustomizerFactory {

  @Override
  public @Nullable ContextCustomizer createContextCustomizer(
      Class<?> testClass, List<ContextConfigurationAttributes> configAttributes) {
    InMemoryReplicatedMaps annotation =
        TestContextAnnotationUtils.findMergedAnnotation(testClass, InMemoryReplicatedMaps.class);
    return annotation == null
        ? null
        : new InMemoryContextCustomizer(annotation.nodeName(), annotation.clusterName());
  }
}
