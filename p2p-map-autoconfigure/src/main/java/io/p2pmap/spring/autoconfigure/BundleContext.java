package io.p2pmap.spring.autoconfigure;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ssl.NoSuchSslBundleException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * The TLS context of an SSL bundle, made anew when the bundle is reloaded. One that can't be used
 * then leaves the one before in place.
 *
 * <p>Threading: any.
 */
final class BundleContext implements Supplier<SSLContext> {

  private static final Logger LOG = LoggerFactory.getLogger(BundleContext.class);

  private static final String PROPERTY = "p2pmap.security.ssl-bundle";

  private final String name;
  private volatile SSLContext current;

  private BundleContext(String name, SSLContext current) {
    this.name = name;
    this.current = current;
  }

  /** Follows the bundle of this name. */
  static BundleContext of(String name, @Nullable SslBundles bundles) {
    if (bundles == null) {
      throw new InvalidSettingException(
          "Property '%s' names '%s', but there are no SSL bundles.".formatted(PROPERTY, name),
          "Define it under 'spring.ssl.bundle'.");
    }
    BundleContext context = new BundleContext(name, contextOf(name, bundle(name, bundles)));
    bundles.addBundleUpdateHandler(name, context::update);
    return context;
  }

  @Override
  public SSLContext get() {
    return current;
  }

  private void update(SslBundle bundle) {
    try {
      current = contextOf(name, bundle);
      LOG.info("New connections between nodes use the reloaded SSL bundle '{}'", name);
    } catch (RuntimeException ex) {
      LOG.error("Goes on with the previous certificates of SSL bundle '{}'", name, ex);
    }
  }

  private static SslBundle bundle(String name, SslBundles bundles) {
    try {
      return bundles.getBundle(name);
    } catch (NoSuchSslBundleException ex) {
      throw new InvalidSettingException(
          PROPERTY,
          "Property '%s' names '%s', which is not an SSL bundle.".formatted(PROPERTY, name),
          "Use one of those there are: %s.".formatted(String.join(", ", bundles.getBundleNames())),
          ex);
    }
  }

  private static SSLContext contextOf(String name, SslBundle bundle) {
    try {
      KeyStore keys = bundle.getStores().getKeyStore();
      KeyStore trusted = bundle.getStores().getTrustStore();
      require(keys != null && keys.size() > 0, name, "has no key and certificate of this node");
      require(
          trusted != null && trusted.size() > 0,
          name,
          "has no trust store, so that everybody with a certificate of a public authority could"
              + " join");
      return bundle.createSslContext();
    } catch (KeyStoreException | IllegalStateException ex) {
      throw new InvalidSettingException(
          PROPERTY,
          "SSL bundle '%s' of property '%s' can't be read: %s"
              .formatted(name, PROPERTY, ex.getMessage()),
          "Correct the bundle.",
          ex);
    }
  }

  private static void require(boolean condition, String name, String complaint) {
    if (!condition) {
      throw new InvalidSettingException(
          "SSL bundle '%s' of property '%s' %s.".formatted(name, PROPERTY, complaint),
          "Give it the key of this node and the certificate of a private authority.");
    }
  }
}
