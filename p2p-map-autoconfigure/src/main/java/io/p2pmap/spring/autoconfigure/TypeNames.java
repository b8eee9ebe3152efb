package io.p2pmap.spring.autoconfigure;

import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/** Finds the Java types that properties name, such as {@code java.util.List<com.acme.Rule>}. */
public final class TypeNames {

  private final ClassLoader classLoader;
  private final TypeFactory generics;

  /** Finds types that {@code classLoader} loads. */
  public TypeNames(ClassLoader classLoader) {
    this.classLoader = classLoader;
    this.generics = TypeFactory.createDefaultInstance().withClassLoader(classLoader);
  }

  /**
   * The type called {@code name}, which is the value of {@code property}.
   *
   * @throws InvalidSettingException if there is none
   */
  public ResolvableType find(String name, String property) {
    try {
      return name.contains("<") ? findGeneric(name) : findClass(name.strip());
    } catch (ClassNotFoundException ex) {
      throw notFound(name, property, ".", ex);
    } catch (LinkageError | IllegalArgumentException ex) {
      throw notFound(name, property, ": " + ex.getMessage(), ex);
    }
  }

  private ResolvableType findClass(String name) throws ClassNotFoundException {
    Class<?> type = ClassUtils.forName(name, classLoader);
    return ResolvableType.forClass(ClassUtils.resolvePrimitiveIfNecessary(type));
  }

  private ResolvableType findGeneric(String name) {
    return toResolvableType(generics.constructFromCanonical(name));
  }

  private static ResolvableType toResolvableType(JavaType type) {
    if (type.isArrayType()) {
      return ResolvableType.forArrayComponent(toResolvableType(type.getContentType()));
    }
    ResolvableType[] arguments =
        type.getBindings().getTypeParameters().stream()
            .map(TypeNames::toResolvableType)
            .toArray(ResolvableType[]::new);
    return arguments.length == 0
        ? ResolvableType.forClass(type.getRawClass())
        : ResolvableType.forClassWithGenerics(type.getRawClass(), arguments);
  }

  private static InvalidSettingException notFound(
      String name, String property, String reason, Throwable cause) {
    return new InvalidSettingException(
        property,
        "Type '%s' of property '%s' could not be found%s".formatted(name, property, reason),
        "Correct the property, or add the class to the class path. A nested class is written as"
            + " com.acme.Outer$Inner, type arguments as in java.util.List<com.acme.Rule>.",
        cause);
  }
}
