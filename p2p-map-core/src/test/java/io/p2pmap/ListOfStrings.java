package io.p2pmap;

import java.lang.reflect.Type;
import java.util.List;

/** Holds a generic type for specs. */
final class ListOfStrings {

  static final Type TYPE = typeOf("field");

  @SuppressWarnings("unused") // its type is read
  private List<String> field = List.of();

  private ListOfStrings() {}

  private static Type typeOf(String name) {
    try {
      return ListOfStrings.class.getDeclaredField(name).getGenericType();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
