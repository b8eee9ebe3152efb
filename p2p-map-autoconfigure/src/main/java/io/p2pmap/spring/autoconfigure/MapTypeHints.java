package io.p2pmap.spring.autoconfigure;

import io.p2pmap.ReplicatedMap;
import java.lang.reflect.Type;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotContribution;
import org.springframework.beans.factory.aot.BeanFactoryInitializationAotProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/**
 * Allows reflection on the types of keys and values of every map bean that is known ahead of time.
 */
final class MapTypeHints implements BeanFactoryInitializationAotProcessor {

  @Override
  public @Nullable BeanFactoryInitializationAotContribution processAheadOfTime(
      ConfigurableListableBeanFactory beanFactory) {
    Type[] types =
        Arrays.stream(beanFactory.getBeanNamesForType(ReplicatedMap.class, true, false))
            .filter(beanFactory::containsBeanDefinition)
            .map(name -> beanFactory.getMergedBeanDefinition(name).getResolvableType())
            .flatMap(map -> Arrays.stream(map.as(ReplicatedMap.class).getGenerics()))
            .map(ResolvableType::getType)
            .toArray(Type[]::new);
    return (generation, code) ->
        new BindingReflectionHintsRegistrar()
            .registerReflectionHints(generation.getRuntimeHints().reflection(), types);
  }
}
