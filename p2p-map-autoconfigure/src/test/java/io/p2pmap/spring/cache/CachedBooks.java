package io.p2pmap.spring.cache;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.CachePut;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;

/** Cached methods of all kinds, which count how often they are really called. */
@EnableCaching
class CachedBooks {

  /** A value without anything that Java serialization would need. */
  record Book(String isbn, String title, List<String> authors) {}

  record Place(int shelf, int position) {}

  private final AtomicInteger calls = new AtomicInteger();
  private volatile String edition = "first";

  public int calls() {
    return calls.get();
  }

  public void publish(String edition) {
    this.edition = edition;
  }

  private Book book(String isbn) {
    calls.incrementAndGet();
    return new Book(isbn, edition, List.of("A", "B"));
  }

  @Cacheable("books")
  public @Nullable Book find(String isbn) {
    return isbn.equals("none") ? nothing() : book(isbn);
  }

  private @Nullable Book nothing() {
    calls.incrementAndGet();
    return null;
  }

  @Cacheable("books")
  public Book findIn(String isbn, Locale language) {
    return book(isbn + language);
  }

  @Cacheable("books")
  public Book newest() {
    return book("newest");
  }

  @CachePut(cacheNames = "books", key = "#isbn")
  public Book correct(String isbn) {
    return book(isbn);
  }

  @CacheEvict("books")
  public void forget(String isbn) {}

  @CacheEvict(cacheNames = "books", allEntries = true)
  public void forgetAll() {}

  @Cacheable(cacheNames = "books", sync = true)
  public Book findOnce(String isbn) throws InterruptedException {
    Thread.sleep(50); // so that the others come meanwhile
    return book(isbn);
  }

  @Cacheable("places")
  public List<Book> at(Place place) {
    return List.of(book("at" + place));
  }

  @Cacheable("books")
  public Book wrongKey(Place place) {
    return book("x");
  }

  @Cacheable("places")
  public Object wrongValue(Place place) {
    return "a text";
  }

  @Cacheable("unknown")
  public Book unknown(String isbn) {
    return book(isbn);
  }
}
