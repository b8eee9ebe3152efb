package io.p2pmap.benchmarks.systems;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A {@link ConcurrentHashMap} that is replicated nowhere. */
final class PlainMember implements MemberMap {

  private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();

  @Override
  public void put(String key, String value) {
    map.put(key, value);
  }

  @Override
  public @Nullable String get(String key) {
    return map.get(key);
  }

  @Override
  public int size() {
    return map.size();
  }

  @Override
  public void close() {}
}
