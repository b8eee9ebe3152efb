package io.p2pmap;

import io.p2pmap.internal.security.SecretTls;
import io.p2pmap.internal.security.SharedSecret;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How the nodes of a cluster know each other, and keep what they send to themselves: TLS 1.3 in
 * which both sides show a certificate. Of the same kind on all nodes. Immutable; never shows a
 * secret.
 */
public final class NodeSecurity {

  private final String kind;
  private final Function<String, Supplier<SSLContext>> contextsOfCluster;

  private NodeSecurity(String kind, Function<String, Supplier<SSLContext>> contextsOfCluster) {
    this.kind = kind;
    this.contextsOfCluster = contextsOfCluster;
  }

  /**
   * Nodes are those that hold a secret: all derive one identity from it and from the cluster's
   * name, and trust that identity only.
   *
   * @param secret at least 16 random bytes in base64 or hexadecimal
   * @param alsoAccepted further secrets whose holders are let in, while secrets are being replaced
   * @throws IllegalArgumentException if one is too short or does not look random; the message does
   *     not contain it
   */
  public static NodeSecurity sharedSecret(String secret, String... alsoAccepted) {
    SharedSecret presented = SharedSecret.parse(secret);
    List<SharedSecret> accepted = Arrays.stream(alsoAccepted).map(SharedSecret::parse).toList();
    return new NodeSecurity(
        "shared secret", cluster -> new DerivedContext(cluster, presented, accepted));
  }

  /**
   * Nodes are those whose certificates a context trusts. Its authority must be a private one: names
   * in certificates are not looked at.
   *
   * @param context asked for each connection, from any thread and without blocking, so that it can
   *     return a new context when certificates were replaced. Connections that exist go on
   */
  public static NodeSecurity tls(Supplier<SSLContext> context) {
    return new NodeSecurity("TLS", cluster -> context);
  }

  Supplier<SSLContext> contexts(String clusterName) {
    return contextsOfCluster.apply(clusterName);
  }

  /** For people; holds no secret. */
  @Override
  public String toString() {
    return "NodeSecurity[%s]".formatted(kind);
  }

  /** Derived when first asked for, which is when the node starts, and only then. */
  private static final class DerivedContext implements Supplier<SSLContext> {

    private final Supplier<SSLContext> derivation;
    private @Nullable SSLContext derived;

    DerivedContext(String cluster, SharedSecret presented, List<SharedSecret> accepted) {
      derivation = () -> SecretTls.context(cluster, presented, accepted);
    }

    @Override
    public synchronized SSLContext get() {
      SSLContext context = derived;
      if (context == null) {
        context = derivation.get();
        derived = context;
      }
      return context;
    }
  }
}
