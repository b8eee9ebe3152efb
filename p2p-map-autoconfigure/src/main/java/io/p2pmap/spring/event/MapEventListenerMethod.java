package io.p2pmap.spring.event;

import io.p2pmap.MapEvent;
import io.p2pmap.ReplicatedMap;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEvent;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationListenerMethodAdapter;

/**
 * A method with {@link MapEventListener}. What maps publish for everybody passes it by, because it
 * has subscriptions of its own; a map event that the application publishes, as tests do, reaches it
 * as any other listener.
 */
final class MapEventListenerMethod extends ApplicationListenerMethodAdapter {

  private final Set<String> mapNames;
  private final boolean isOrdered;
  private final String description;

  MapEventListenerMethod(
      String bean, Class<?> type, Method method, Set<String> mapNames, boolean isOrdered) {
    super(bean, type, method);
    this.mapNames = mapNames;
    this.isOrdered = isOrdered;
    this.description = method.toGenericString();
    if (Arrays.stream(method.getParameterTypes()).noneMatch(MapEvent.class::isAssignableFrom)) {
      throw new InvalidListenerException(
          "Method '%s' has no parameter of type %s."
              .formatted(description, MapEvent.class.getName()),
          "Give it one, for example MapEvent.Put<String, Flag>, or use @EventListener.");
    }
  }

  /** Names of its maps; empty for all. */
  Set<String> mapNames() {
    return mapNames;
  }

  boolean concerns(String mapName) {
    return mapNames.isEmpty() || mapNames.contains(mapName);
  }

  /** Whether it wants to be called before or after other ones. */
  boolean isOrdered() {
    return isOrdered;
  }

  boolean accepts(MapEventTypes types) {
    return types.applicationEvents().stream().anyMatch(this::supportsEventType);
  }

  @Override
  public boolean supportsSourceType(@Nullable Class<?> sourceType) {
    return sourceType == null || !ReplicatedMap.class.isAssignableFrom(sourceType);
  }

  @Override
  public void onApplicationEvent(ApplicationEvent event) {
    boolean isOfOtherMap =
        event instanceof PayloadApplicationEvent<?> published
            && published.getPayload() instanceof MapEvent<?, ?> change
            && !concerns(change.mapName());
    if (!isOfOtherMap) {
      super.onApplicationEvent(event);
    }
  }

  @Override
  public String toString() {
    return description;
  }
}
