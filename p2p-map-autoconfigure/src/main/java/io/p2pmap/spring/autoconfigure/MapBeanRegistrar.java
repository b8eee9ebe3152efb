package io.p2pmap.spring.autoconfigure;

import io.p2pmap.ReplicatedMap;
import java.util.Map;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.core.env.Environment;

/**
 * Registers a bean for every map that a {@link io.p2pmap.MapSpec} bean or the properties declare. A
 * map bean of the application that has the same name wins, and Java wins over properties.
 */
final class MapBeanRegistrar implements BeanDefinitionRegistryPostProcessor {

  private final Environment environment;
  private final ConfigurableListableBeanFactory beanFactory;
  private final TypeNames typeNames;

  MapBeanRegistrar(
      Environment environment,
      ConfigurableListableBeanFactory beanFactory,
      ClassLoader classLoader) {
    this.environment = environment;
    this.beanFactory = beanFactory;
    this.typeNames = new TypeNames(classLoader);
  }

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    SpecifiedMap.findAll(beanFactory).forEach(map -> register(map, registry));
    Map<String, MapProperties> declarations = MapDeclarations.read(environment);
    declarations.forEach((name, properties) -> register(name, properties, registry));
    declarations.keySet().forEach(name -> registerAlias(name, registry));
  }

  private void register(SpecifiedMap map, BeanDefinitionRegistry registry) {
    String name = map.mapBean();
    if (registry.isBeanNameInUse(name)) {
      String declaration = "The map of bean '%s' of type MapSpec".formatted(map.specBean());
      checkIsMap(declaration, name, registry);
      return;
    }
    registry.registerBeanDefinition(name, map.toBeanDefinition(beanFactory));
  }

  private void register(String name, MapProperties properties, BeanDefinitionRegistry registry) {
    if (registry.isBeanNameInUse(name)) {
      String property = MapDeclarations.propertyOf(name);
      checkIsMap("Map '%s' of property '%s'".formatted(name, property), name, registry);
      return;
    }
    DeclaredMap map = DeclaredMap.of(name, properties, typeNames);
    registry.registerBeanDefinition(name, map.toBeanDefinition(beanFactory));
  }

  /** Lets the parameter name {@code featureFlags} stand for the map {@code feature-flags}. */
  private void registerAlias(String name, BeanDefinitionRegistry registry) {
    String alias = MapDeclarations.toCamelCase(name);
    if (!registry.isBeanNameInUse(alias)) {
      registry.registerAlias(name, alias);
    }
  }

  /** A type that is not known before the bean is there counts as a map. */
  private void checkIsMap(String declaration, String name, BeanDefinitionRegistry registry) {
    Class<?> type = beanFactory.getType(name, false);
    if (type == null || ReplicatedMap.class.isAssignableFrom(type)) {
      return;
    }
    throw new InvalidSettingException(
        "%s can't become a bean, because there is a bean '%s' of type %s%s."
            .formatted(declaration, name, type.getName(), definedIn(name, registry)),
        "Rename one of them. A map that is declared in Java is a bean of type %s; one of type"
                .formatted(ReplicatedMap.class.getName())
            + " MapSpec whose name ends with 'Spec' makes the map bean named without that.");
  }

  private static String definedIn(String name, BeanDefinitionRegistry registry) {
    if (!registry.containsBeanDefinition(name)) {
      return "";
    }
    BeanDefinition definition = registry.getBeanDefinition(name);
    String resource = definition.getResourceDescription();
    return resource != null ? ", defined in " + resource : "";
  }
}
