package io.p2pmap.spring.autoconfigure;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;

/**
 * A map of the properties with its types found; describes and creates its bean.
 *
 * @param spec everything but the validator
 * @param validator its validator, or null if there is none
 */
record DeclaredMap(MapSpec<Object, Object> spec, @Nullable NamedValidator validator) {

  static DeclaredMap of(String name, MapProperties properties, TypeNames typeNames) {
    String property = MapDeclarations.propertyOf(name);
    String valueType = properties.valueType();
    if (!StringUtils.hasText(valueType)) {
      throw new InvalidSettingException(
          property + ".value-type",
          "Map '%s' has no type of values: property '%s.value-type' is missing."
              .formatted(name, property),
          "Set it to a Java type name, for example java.lang.String. A map name with dots is"
              + " written in brackets, as in p2pmap.maps[a.b].value-type.",
          null);
    }
    ResolvableType key = typeNames.find(properties.keyType(), property + ".key-type");
    ResolvableType value = typeNames.find(valueType, property + ".value-type");
    String bean = properties.validator();
    return new DeclaredMap(
        properties.toSpec(name, key.getType(), value.getType()),
        StringUtils.hasText(bean) ? new NamedValidator(property + ".validator", bean) : null);
  }

  RootBeanDefinition toBeanDefinition(ConfigurableListableBeanFactory beanFactory) {
    return MapBeanDefinitions.of(
        ResolvableType.forType(spec.keyType()),
        ResolvableType.forType(spec.valueType()),
        () -> open(beanFactory),
        "property " + MapDeclarations.propertyOf(spec.name()));
  }

  private ReplicatedMap<Object, Object> open(ConfigurableListableBeanFactory beanFactory) {
    ReplicatedMaps maps = beanFactory.getBean(ReplicatedMaps.class);
    return maps.open(validator == null ? spec : validator.addTo(spec, beanFactory));
  }
}
