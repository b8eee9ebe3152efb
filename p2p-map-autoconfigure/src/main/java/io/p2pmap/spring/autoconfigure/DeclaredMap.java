package io.p2pmap.spring.autoconfigure;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;
import org.springframework.util.StringUtils;

/**
 * A map of the properties with its types found; describes and creates its bean.
 *
 * @param spec everything but the validator
 * @param validatorBean name of the validator, or null if there is none
 */
record DeclaredMap(MapSpec<Object, Object> spec, @Nullable String validatorBean) {

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
    return new DeclaredMap(
        properties.toSpec(name, key.getType(), value.getType()), properties.validator());
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
    return maps.open(
        StringUtils.hasText(validatorBean)
            ? spec.validator(validator(validatorBean, beanFactory))
            : spec);
  }

  /** Asked for only now, because a validator may depend on beans of its own. */
  @SuppressWarnings("unchecked") // that it fits the values is what the user says by naming it
  private Predicate<Object> validator(String bean, ConfigurableListableBeanFactory beanFactory) {
    if (beanFactory.containsBean(bean) && beanFactory.isTypeMatch(bean, Predicate.class)) {
      return beanFactory.getBean(bean, Predicate.class);
    }
    String[] known = beanFactory.getBeanNamesForType(Predicate.class);
    throw new InvalidSettingException(
        "Property '%s.validator' names '%s', which is not a bean of type %s."
            .formatted(MapDeclarations.propertyOf(spec.name()), bean, Predicate.class.getName()),
        known.length == 0
            ? "Define such a bean; there is none of this type."
            : "Define such a bean, or name one of those there are: %s."
                .formatted(String.join(", ", known)));
  }
}
