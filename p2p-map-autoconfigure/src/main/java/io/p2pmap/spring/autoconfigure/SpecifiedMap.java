package io.p2pmap.spring.autoconfigure;

import io.p2pmap.MapSpec;
import io.p2pmap.ReplicatedMap;
import io.p2pmap.ReplicatedMaps;
import java.util.Arrays;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.ResolvableType;

/**
 * A map that a bean of type {@link MapSpec} declares. That bean is not created before the map is,
 * so it may depend on anything; its type arguments come from its declaration.
 *
 * @param specBean name of the bean
 * @param specType its type as declared
 */
record SpecifiedMap(String specBean, ResolvableType specType) {

  private static final String SUFFIX = "Spec";

  static List<SpecifiedMap> findAll(ConfigurableListableBeanFactory beanFactory) {
    return Arrays.stream(beanFactory.getBeanNamesForType(MapSpec.class, true, false))
        .map(name -> new SpecifiedMap(name, typeOf(name, beanFactory)))
        .toList();
  }

  private static ResolvableType typeOf(String bean, ConfigurableListableBeanFactory beanFactory) {
    return beanFactory.containsBeanDefinition(bean)
        ? beanFactory.getMergedBeanDefinition(bean).getResolvableType().as(MapSpec.class)
        : ResolvableType.forClass(MapSpec.class);
  }

  /** {@code flags} for the bean {@code flagsSpec}; one that is called otherwise keeps its name. */
  String mapBean() {
    return isNamedAsSpec()
        ? specBean.substring(0, specBean.length() - SUFFIX.length())
        : specBean + "Map";
  }

  private boolean isNamedAsSpec() {
    return specBean.endsWith(SUFFIX) && specBean.length() > SUFFIX.length();
  }

  RootBeanDefinition toBeanDefinition(ConfigurableListableBeanFactory beanFactory) {
    RootBeanDefinition definition =
        MapBeanDefinitions.of(
            specType.getGeneric(0),
            specType.getGeneric(1),
            () -> open(beanFactory),
            "bean " + specBean);
    if (!isNamedAsSpec()) {
      definition.addQualifier(new AutowireCandidateQualifier(Qualifier.class, specBean));
    }
    return definition;
  }

  private ReplicatedMap<?, ?> open(ConfigurableListableBeanFactory beanFactory) {
    MapSpec<?, ?> spec = beanFactory.getBean(specBean, MapSpec.class);
    return beanFactory.getBean(ReplicatedMaps.class).open(spec);
  }
}
