package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.MapStore;
import io.p2pmap.internal.storage.MapStores;
import io.p2pmap.internal.storage.StoreListener;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A map from numbers to numbers over a store, as a driver would be: one lock, under which records
 * are appended, and a wait outside it.
 *
 * <p>Threading: any thread.
 */
final class StoredMap implements AutoCloseable {

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Long, Long> entries = new ConcurrentHashMap<>();
  private final int recordBytes;
  private final MapStore store;

  private StoredMap(MapStores stores, String name, int recordBytes) {
    this.recordBytes = recordBytes;
    this.store = stores.open(name, this::apply);
  }

  static StoredMap open(MapStores stores, String name, int recordBytes) {
    StoredMap map = new StoredMap(stores, name, recordBytes);
    map.store.start(map::capture, StoreListener.none());
    return map;
  }

  static StoredMap open(MapStores stores) {
    return open(stores, "flags", 170);
  }

  /** Writes; returns when it is on disk. */
  void put(long key, long value) {
    store.await(write(key, value));
  }

  /** Writes without waiting; returns the position. */
  long write(long key, long value) {
    byte[] record = encode(key, value);
    lock.lock();
    try {
      entries.put(key, value);
      return store.append(record);
    } finally {
      lock.unlock();
    }
  }

  private Iterator<byte[]> capture(Runnable atInstant) {
    List<Map.Entry<Long, Long>> captured;
    lock.lock();
    try {
      atInstant.run();
      captured = new ArrayList<>(entries.size());
      entries.forEach((key, value) -> captured.add(Map.entry(key, value)));
    } finally {
      lock.unlock();
    }
    return captured.stream().map(entry -> encode(entry.getKey(), entry.getValue())).iterator();
  }

  private byte[] encode(long key, long value) {
    byte[] record = new byte[recordBytes];
    Arrays.fill(record, (byte) value);
    ByteBuffer.wrap(record).putLong(key).putLong(value);
    return record;
  }

  private void apply(byte[] record) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    long key = bytes.getLong();
    long value = bytes.getLong();
    if (!Arrays.equals(record, encode(key, value))) {
      throw new AssertionError("Wrong bytes at key " + key);
    }
    entries.put(key, value);
  }

  Map<Long, Long> entries() {
    return entries;
  }

  MapStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
  }
}
