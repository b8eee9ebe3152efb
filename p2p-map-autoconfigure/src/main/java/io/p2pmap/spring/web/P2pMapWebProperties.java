package io.p2pmap.spring.web;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What this node does for web clients.
 *
 * @param sessionConsistency Whether a client reads its own writes on every node: each of its
 *     requests waits until the node has applied what its earlier requests have written.
 * @param token What the client brings along, so that nodes know what it has written.
 */
@ConfigurationProperties("p2pmap.web")
public record P2pMapWebProperties(
    @DefaultValue("false") boolean sessionConsistency, @DefaultValue Token token) {

  /**
   * What the client brings along.
   *
   * @param carrier What carries it.
   * @param name Name of the cookie or of the header.
   * @param timeout How long a request waits. After that it goes on with what is there.
   * @param maxAge How long the cookie lives.
   * @param maxWaiting How many requests may wait at once. Beyond that they go on without waiting.
   */
  public record Token(
      @DefaultValue("cookie") Carrier carrier,
      @DefaultValue("p2pmap-token") String name,
      @DefaultValue("1s") Duration timeout,
      @DefaultValue("1m") Duration maxAge,
      @DefaultValue("64") int maxWaiting) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

    public Token {
      require(
          NAME.matcher(name).matches(),
          "name must consist of letters, digits, '_', '.' and '-', but was '%s'",
          name);
      require(!timeout.isNegative(), "timeout must not be negative, but was %s", timeout);
      require(maxAge.getSeconds() > 0, "max-age must be at least a second, but was %s", maxAge);
      require(maxWaiting > 0, "max-waiting must be positive, but was %s", maxWaiting);
    }

    private static void require(boolean condition, String message, Object value) {
      if (!condition) {
        throw new IllegalArgumentException("p2pmap.web.token." + message.formatted(value));
      }
    }
  }

  /** What carries the token. */
  public enum Carrier {
    /** A cookie, which browsers send by themselves. */
    COOKIE,
    /** A header, which the client copies from responses to its next requests. */
    HEADER
  }
}
