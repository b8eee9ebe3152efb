package io.p2pmap.cluster;

import io.p2pmap.NodeSecurity;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The ways in which a cluster can be secured, each with new keys. */
enum Security {
  PLAINTEXT {
    @Override
    @Nullable NodeSecurity create() {
      return null;
    }
  },
  SHARED_SECRET {
    @Override
    NodeSecurity create() {
      return NodeSecurity.sharedSecret(TestSecrets.random());
    }
  },
  CERTIFICATES {
    @Override
    NodeSecurity create() {
      TestAuthority authority = TestAuthority.first();
      SSLContext context = authority.contextTrusting(authority);
      return NodeSecurity.tls(() -> context);
    }
  };

  /** What all nodes of a cluster are given. */
  abstract @Nullable NodeSecurity create();

  /** A cluster of {@code count} nodes that is secured so. */
  LocalNodes start(int count) {
    NodeSecurity security = create();
    return LocalNodes.start(
        count, builder -> security == null ? builder : builder.security(security));
  }
}
