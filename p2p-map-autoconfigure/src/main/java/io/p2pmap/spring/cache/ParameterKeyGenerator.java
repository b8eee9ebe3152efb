package io.p2pmap.spring.cache;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.cache.interceptor.SimpleKey;

/**
 * Makes the key of a cached method of its parameters: the one there is, or a list of them. Spring's
 * own generator makes a key that keeps its parts to itself and can't be sent to other nodes.
 *
 * <p>Threading: any thread.
 */
public final class ParameterKeyGenerator implements KeyGenerator {

  @Override
  public Object generate(Object target, Method method, @Nullable Object... params) {
    if (params.length == 0) {
      return SimpleKey.EMPTY;
    }
    @Nullable Object only = params.length == 1 ? params[0] : null;
    return only != null ? only : Collections.unmodifiableList(Arrays.asList(params.clone()));
  }
}
