package io.p2pmap.sample;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;

/** Reads the lines of a node's stream of changes until it is closed. */
final class ChangeReader implements Flow.Subscriber<String>, AutoCloseable {

  private final List<String> lines = new CopyOnWriteArrayList<>();
  private volatile Flow.Subscription subscription;
  private volatile boolean isEnded;

  private ChangeReader() {}

  static ChangeReader open(Http node) {
    ChangeReader reader = new ChangeReader();
    HttpClient.newHttpClient()
        .sendAsync(
            HttpRequest.newBuilder(URI.create(node.url() + "/events")).build(),
            BodyHandlers.fromLineSubscriber(reader));
    return reader;
  }

  List<String> lines() {
    return lines;
  }

  /** Whether the node has ended the stream. */
  boolean isEnded() {
    return isEnded;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(String line) {
    lines.add(line);
  }

  @Override
  public void onError(Throwable cause) {
    isEnded = true;
  }

  @Override
  public void onComplete() {
    isEnded = true;
  }

  @Override
  public void close() {
    if (subscription != null) {
      subscription.cancel();
    }
  }
}
