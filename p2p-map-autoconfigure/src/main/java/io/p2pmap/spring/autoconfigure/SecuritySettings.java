package io.p2pmap.spring.autoconfigure;

import io.p2pmap.NodeSecurity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.SslBundles;

/** Turns properties into a {@link NodeSecurity}; its complaints never contain a secret. */
final class SecuritySettings {

  private static final String PREFIX = "p2pmap.security.";

  private SecuritySettings() {}

  /** Empty if nothing is set: plaintext. */
  static Optional<NodeSecurity> of(
      P2pMapProperties.Security properties, @Nullable SslBundles bundles) {
    String secret = properties.sharedSecret();
    String bundle = properties.sslBundle();
    if (secret != null && bundle != null) {
      throw new InvalidSettingException(
          "'%sshared-secret' and '%sssl-bundle' are both set.".formatted(PREFIX, PREFIX),
          "Keep one of them, the same on all nodes.");
    }
    if (secret == null && !properties.acceptedSecrets().isEmpty()) {
      throw new InvalidSettingException(
          "'%saccepted-secrets' is set without '%sshared-secret'.".formatted(PREFIX, PREFIX),
          "Set the secret that this node shows, or remove those that it accepts besides.");
    }
    if (bundle != null) {
      return Optional.of(NodeSecurity.tls(BundleContext.of(bundle, bundles)));
    }
    return secret == null ? Optional.empty() : Optional.of(sharedSecret(secret, properties));
  }

  private static NodeSecurity sharedSecret(String secret, P2pMapProperties.Security properties) {
    try {
      return NodeSecurity.sharedSecret(secret, properties.acceptedSecrets().toArray(String[]::new));
    } catch (IllegalArgumentException ex) {
      throw new InvalidSettingException(
          "'%sshared-secret' or '%saccepted-secrets' can't be used: %s."
              .formatted(PREFIX, PREFIX, ex.getMessage()),
          "Use a random secret, the same on all nodes.");
    }
  }
}
