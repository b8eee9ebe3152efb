package io.p2pmap.spring.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.p2pmap.ReplicatedMaps;
import io.p2pmap.spring.TestContexts;
import io.p2pmap.spring.cache.CachedBooks.Book;
import io.p2pmap.spring.cache.CachedBooks.Place;
import io.p2pmap.test.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration;
import org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.Cache;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.ApplicationContext;

/** {@code @Cacheable} on two nodes. */
class ReplicatedCacheTests {

  private static final String BOOK = "p2pmap.cache.caches.books.value-type=" + Book.class.getName();

  private final TestCluster cluster = TestCluster.create();

  private final ApplicationContextRunner runner =
      TestContexts.runner()
          .withConfiguration(
              AutoConfigurations.of(
                  P2pMapCacheAutoConfiguration.class,
                  P2pMapCacheMetricsAutoConfiguration.class,
                  CacheAutoConfiguration.class,
                  CacheMetricsAutoConfiguration.class))
          .withBean(CachedBooks.class)
          .withPropertyValues(
              "p2pmap.transport=memory",
              "p2pmap.cluster-name=" + cluster.clusterName(),
              "p2pmap.sync.interval=200ms",
              "p2pmap.cache.enabled=true",
              BOOK,
              "p2pmap.cache.caches.places.key-type=" + Place.class.getName(),
              "p2pmap.cache.caches.places.value-type=java.util.List<" + Book.class.getName() + ">");

  @AfterEach
  void close() {
    cluster.close();
  }

  private interface Check {
    void accept(ApplicationContext a, ApplicationContext b) throws Exception;
  }

  private void onTwoNodes(Check check) {
    runner
        .withPropertyValues("p2pmap.node-name=a")
        .run(
            a ->
                runner
                    .withPropertyValues("p2pmap.node-name=b")
                    .run(
                        b -> {
                          assertThat(a).hasNotFailed();
                          assertThat(b).hasNotFailed();
                          cluster.include(a.getBean(ReplicatedMaps.class));
                          cluster.include(b.getBean(ReplicatedMaps.class));
                          check.accept(a, b);
                        }));
  }

  private static CachedBooks books(ApplicationContext context) {
    return context.getBean(CachedBooks.class);
  }

  private static int calls(ApplicationContext... contexts) {
    int calls = 0;
    for (ApplicationContext context : contexts) {
      calls += books(context).calls();
    }
    return calls;
  }

  private static Cache cache(ApplicationContext context, String name) {
    return context.getBean(CacheManager.class).getCache(name);
  }

  private void settle() {
    cluster.awaitAgreement("cache.books");
    cluster.awaitAgreement("cache.places");
  }

  @Test
  void whatOneNodeComputedTheOtherReads() {
    onTwoNodes(
        (a, b) -> {
          Book found = books(a).find("1");
          Book inGerman = books(a).findIn("1", Locale.GERMAN);
          Book newest = books(a).newest();
          List<Book> placed = books(a).at(new Place(3, 4));
          settle();
          assertThat(books(b).find("1")).isEqualTo(found);
          assertThat(books(b).findIn("1", Locale.GERMAN)).isEqualTo(inGerman).isNotEqualTo(found);
          assertThat(books(b).newest()).isEqualTo(newest);
          assertThat(books(b).at(new Place(3, 4))).isEqualTo(placed);
          assertThat(calls(a, b)).isEqualTo(4);
          assertThat(books(b).findIn("1", Locale.FRENCH)).isNotEqualTo(inGerman);
        });
  }

  @Test
  void nullIsCached() {
    onTwoNodes(
        (a, b) -> {
          assertThat(books(a).find("none")).isNull();
          settle();
          assertThat(books(b).find("none")).isNull();
          assertThat(calls(a, b)).isEqualTo(1);
          assertThat(cache(b, "books").get("none")).isNotNull();
        });
  }

  @Test
  void nullIsRefusedIfToldSo() {
    runner
        .withPropertyValues("p2pmap.cache.allow-null-values=false")
        .run(
            context ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> books(context).find("none"))
                    .withMessageContaining("Cache 'books' is configured to not allow null values"));
  }

  @Test
  void anEvictionReachesTheOtherNode() {
    onTwoNodes(
        (a, b) -> {
          books(a).find("1");
          books(a).find("2");
          settle();
          books(b).forget("1");
          settle();
          assertThat(cache(a, "books").get("1")).isNull();
          assertThat(cache(a, "books").get("2")).isNotNull();
          books(b).forgetAll();
          settle();
          assertThat(cache(a, "books").get("2")).isNull();
          books(a).find("2");
          assertThat(calls(a, b)).isEqualTo(3);
        });
  }

  @Test
  void aPutReplacesTheValueOnBothNodes() {
    onTwoNodes(
        (a, b) -> {
          books(a).find("1");
          settle();
          books(b).publish("second");
          books(b).correct("1");
          settle();
          assertThat(books(a).find("1").title()).isEqualTo("second");
        });
  }

  @Test
  void oneCallerLoadsAndTheOthersWait() {
    runner.run(
        context -> {
          ExecutorService threads = Executors.newFixedThreadPool(8);
          Callable<Book> find = () -> books(context).findOnce("1");
          List<Book> found = new ArrayList<>();
          for (Future<Book> one : threads.invokeAll(Collections.nCopies(8, find))) {
            found.add(one.get());
          }
          threads.shutdown();
          assertThat(found).hasSize(8).containsOnly(books(context).find("1"));
          assertThat(calls(context)).isEqualTo(1);
        });
  }

  @Test
  void entriesEndWithTheirTimeToLive() {
    runner
        .withPropertyValues(
            "p2pmap.cache.time-to-live=1h", "p2pmap.cache.caches.books.time-to-live=200ms")
        .run(
            context -> {
              books(context).find("1");
              books(context).at(new Place(1, 1));
              await().until(() -> cache(context, "books").get("1") == null);
              assertThat(cache(context, "places").get(new Place(1, 1))).isNotNull();
            });
  }

  @Test
  void putIfAbsentKeepsWhatIsThere() {
    runner.run(
        context -> {
          Cache cache = cache(context, "books");
          Book first = new Book("1", "first", List.of());
          assertThat(cache.putIfAbsent("1", first)).isNull();
          assertThat(cache.putIfAbsent("1", new Book("1", "other", List.of())).get())
              .isEqualTo(first);
          assertThat(cache.evictIfPresent("1")).isTrue();
          assertThat(cache.evictIfPresent("1")).isFalse();
          assertThat(cache.invalidate()).isFalse();
        });
  }

  @Test
  void aValueIsRetrievedAsynchronously() {
    runner.run(
        context -> {
          Cache cache = cache(context, "books");
          assertThat(cache.retrieve("1")).isNull();
          Book book = new Book("1", "t", List.of());
          assertThat(cache.retrieve("1", () -> CompletableFuture.completedFuture(book)).get())
              .isEqualTo(book);
          assertThat(((Cache.ValueWrapper) cache.retrieve("1").get()).get()).isEqualTo(book);
        });
  }

  @Test
  void thoseWhoRetrieveMeanwhileGetWhatTheFirstOneLoads() {
    runner.run(
        context -> {
          Cache cache = cache(context, "books");
          Book book = new Book("1", "t", List.of());
          CompletableFuture<Book> loading = new CompletableFuture<>();
          CompletableFuture<Book> first = cache.retrieve("1", () -> loading);
          CompletableFuture<Book> second =
              cache.retrieve("1", () -> CompletableFuture.failedFuture(new AssertionError()));
          assertThat(first.cancel(true)).isTrue(); // only for who called it
          assertThat(second).isNotDone();
          loading.complete(book);
          assertThat(second).isCompletedWithValue(book);
          assertThat(cache.get("1", Book.class)).isEqualTo(book);
        });
  }

  @Test
  void aLoadThatFailsIsToldAndTriedAgain() {
    runner.run(
        context -> {
          Cache cache = cache(context, "books");
          Book book = new Book("1", "t", List.of());
          assertThat(cache.retrieve("1", () -> CompletableFuture.failedFuture(failure())))
              .failsWithin(Duration.ZERO)
              .withThrowableThat()
              .withMessageContaining("no shop");
          assertThat(
                  cache.retrieve(
                      "1",
                      () -> {
                        throw failure();
                      }))
              .isCompletedExceptionally();
          assertThat(cache.retrieve("1", () -> CompletableFuture.completedFuture(book)))
              .isCompletedWithValue(book);
        });
  }

  private static IllegalStateException failure() {
    return new IllegalStateException("no shop");
  }

  @Test
  void whatHasNoKeyOrNoTypeIsRefusedWithAReason() {
    runner.run(
        context -> {
          assertThatIllegalArgumentException()
              .isThrownBy(() -> books(context).wrongKey(new Place(1, 1)))
              .withMessageContaining("'p2pmap.cache.caches.books.key-type'")
              .withMessageContaining(Place.class.getName());
          assertThatIllegalArgumentException()
              .isThrownBy(() -> books(context).wrongValue(new Place(1, 1)))
              .withMessage(
                  "Cache 'places' has values of type java.util.List, not java.lang.String;"
                      + " correct 'p2pmap.cache.caches.places.value-type'");
          assertThatIllegalArgumentException()
              .isThrownBy(() -> books(context).unknown("1"))
              .withMessageContaining("Cannot find cache named 'unknown'");
        });
  }

  @Test
  void aCacheWithoutTypeStopsTheStart() {
    runner
        .withPropertyValues("p2pmap.cache.caches.more.time-to-live=1s")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessage(
                        "Cache 'more' has no type of values: property"
                            + " 'p2pmap.cache.caches.more.value-type' is missing."));
    runner
        .withPropertyValues("p2pmap.cache.caches.books.time-to-live=0s")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("timeToLive must be positive, but was PT0S"));
  }

  @Test
  void aCacheManagerOfTheApplicationWins() {
    runner
        .withBean(NoOpCacheManager.class)
        .run(
            context -> {
              assertThat(context).getBean(CacheManager.class).isInstanceOf(NoOpCacheManager.class);
              assertThat(context.getBean(ReplicatedMaps.class).names()).isEmpty();
            });
  }

  @Test
  void thereIsNoneUnlessAskedFor() {
    runner
        .withPropertyValues("p2pmap.cache.enabled=false")
        .run(
            context -> {
              assertThat(context)
                  .getBean(CacheManager.class)
                  .isInstanceOf(ConcurrentMapCacheManager.class);
              assertThat(context.getBean(ReplicatedMaps.class).names()).isEmpty();
            });
  }

  @Test
  void bootBindsItsMeters() {
    runner
        .withBean(SimpleMeterRegistry.class)
        .run(
            context -> {
              books(context).find("1");
              books(context).find("1");
              books(context).find("2");
              books(context).forget("2");
              MeterRegistry registry = context.getBean(MeterRegistry.class);
              assertThat(count(registry, "cache.gets", "result", "hit")).isEqualTo(1);
              assertThat(count(registry, "cache.gets", "result", "miss")).isEqualTo(2);
              assertThat(count(registry, "cache.puts", "cache", "books")).isEqualTo(2);
              assertThat(count(registry, "cache.evictions", "cache", "books")).isEqualTo(1);
              assertThat(registry.get("cache.size").tag("cache", "books").gauge().value())
                  .isEqualTo(1);
            });
  }

  private static double count(MeterRegistry registry, String name, String tag, String value) {
    return registry.get(name).tag("cache", "books").tag(tag, value).functionCounter().count();
  }

  @Test
  void aCustomCachingConfigurerIsLeftAloneAndItsKeysAreRefusedIfTheyCantBeToldApart() {
    runner
        .withBean(CachingConfigurer.class, () -> new CachingConfigurer() {})
        .run(
            context -> {
              books(context).find("1");
              assertThatIllegalArgumentException()
                  .isThrownBy(() -> books(context).findIn("1", Locale.GERMAN))
                  .withMessageContaining(ParameterKeyGenerator.class.getName());
            });
  }
}
