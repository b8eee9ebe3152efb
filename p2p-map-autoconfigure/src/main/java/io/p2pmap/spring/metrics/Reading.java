package io.p2pmap.spring.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A status that is taken at most once a second, because all meters that read it are scraped
 * together and each take costs a map's lock.
 *
 * <p>Threading: any thread.
 */
final class Reading<T> implements Supplier<T> {

  private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private record Taken<T>(T status, long atNanos) {}

  private final Supplier<T> source;
  private final LongSupplier nanoClock;
  private volatile @Nullable Taken<T> last;

  Reading(Supplier<T> source) {
    this(source, System::nanoTime);
  }

  Reading(Supplier<T> source, LongSupplier nanoClock) {
    this.source = source;
    this.nanoClock = nanoClock;
  }

  @Override
  public T get() {
    Taken<T> taken = last;
    long nowNanos = nanoClock.getAsLong();
    if (taken == null || nowNanos - taken.atNanos() >= MAX_AGE_NANOS) {
      taken = new Taken<>(source.get(), nowNanos);
      last = taken;
    }
    return taken.status();
  }
}
