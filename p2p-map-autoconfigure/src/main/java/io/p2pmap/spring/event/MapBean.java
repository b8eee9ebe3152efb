package io.p2pmap.spring.event;

import io.p2pmap.ReplicatedMap;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.ResolvableType;

/** A map that is a bean, with the types of its events. */
record MapBean(ReplicatedMap<?, ?> map, MapEventTypes types) {

  static List<MapBean> findAll(ConfigurableListableBeanFactory beanFactory) {
    return Arrays.stream(beanFactory.getBeanNamesForType(ReplicatedMap.class, false, true))
        .map(
            bean ->
                new MapBean(
                    beanFactory.getBean(bean, ReplicatedMap.class),
                    MapEventTypes.of(typeOf(bean, beanFactory))))
        .toList();
  }

  /** The bean's type as declared, because the object itself has no type arguments. */
  private static ResolvableType typeOf(String bean, ConfigurableListableBeanFactory beanFactory) {
    return beanFactory.containsBeanDefinition(bean)
        ? beanFactory.getMergedBeanDefinition(bean).getResolvableType().as(ReplicatedMap.class)
        : ResolvableType.forClass(ReplicatedMap.class);
  }

  String name() {
    return map.name();
  }
}
