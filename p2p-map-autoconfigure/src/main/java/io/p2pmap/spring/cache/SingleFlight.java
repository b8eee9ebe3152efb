package io.p2pmap.spring.cache;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one caller at a time load the value of a key; those who come meanwhile get what it loads, or
 * the exception that it throws.
 *
 * <p>Threading: any thread; loads begin on the caller's, without a lock.
 */
final class SingleFlight {

  /** A load that is under way; {@code loader} is the thread that ends with it, if one does. */
  private record Load(@Nullable Thread loader, CompletableFuture<@Nullable Object> result) {}

  private final Map<Object, Load> loads = new ConcurrentHashMap<>();

  @Nullable Object load(Object key, Supplier<@Nullable Object> loader) {
    Load mine = new Load(Thread.currentThread(), new CompletableFuture<>());
    Load running = loads.putIfAbsent(key, mine);
    if (running != null) {
      return await(key, running);
    }
    try {
      Object value = loader.get();
      mine.result().complete(value);
      return value;
    } catch (RuntimeException | Error ex) {
      mine.result().completeExceptionally(ex);
      throw ex;
    } finally {
      loads.remove(key, mine);
    }
  }

  /** The same for a load that ends by itself; nobody waits. */
  CompletableFuture<@Nullable Object> loadLater(
      Object key, Supplier<CompletableFuture<@Nullable Object>> loader) {
    Load mine = new Load(null, new CompletableFuture<>());
    Load running = loads.putIfAbsent(key, mine);
    if (running != null) {
      return running.result().copy(); // a copy, so that nobody can cancel it for the others
    }
    begin(loader)
        .whenComplete(
            (value, failure) -> {
              loads.remove(key, mine);
              if (failure == null) {
                mine.result().complete(value);
              } else {
                mine.result().completeExceptionally(failure);
              }
            });
    return mine.result().copy();
  }

  private static CompletableFuture<@Nullable Object> begin(
      Supplier<CompletableFuture<@Nullable Object>> loader) {
    try {
      return loader.get();
    } catch (RuntimeException ex) {
      return CompletableFuture.failedFuture(ex);
    }
  }

  private static @Nullable Object await(Object key, Load running) {
    if (running.loader() == Thread.currentThread()) {
      throw new IllegalStateException("Loading key %s needs its own value".formatted(key));
    }
    try {
      return running.result().join();
    } catch (CompletionException ex) {
      if (ex.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw ex;
    }
  }
}
