package io.p2pmap.spring.autoconfigure;

import io.p2pmap.ReplicatedMap;
import java.util.function.Supplier;
import org.springframework.beans.factory.aot.BeanRegistrationAotProcessor;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/** Definitions of map beans. */
final class MapBeanDefinitions {

  private MapBeanDefinitions() {}

  /**
   * A map bean.
   *
   * @param open called when all definitions are known
   * @param source where the map is declared, for people
   */
  static RootBeanDefinition of(
      ResolvableType key, ResolvableType value, Supplier<ReplicatedMap<?, ?>> open, String source) {
    RootBeanDefinition definition = new RootBeanDefinition();
    definition.setTargetType(ResolvableType.forClassWithGenerics(ReplicatedMap.class, key, value));
    definition.setInstanceSupplier(open);
    definition.setResourceDescription(source);
    // Ahead-of-time processing leaves the bean to the registrar, which runs again at the start.
    definition.setAttribute(BeanRegistrationAotProcessor.IGNORE_REGISTRATION_ATTRIBUTE, true);
    // A map replicates from the start, whether or not somebody asks for the bean.
    definition.setLazyInit(false);
    definition.setDestroyMethodName("");
    return definition;
  }
}
