package io.p2pmap.internal.security;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** Makes a TLS context of shared secrets: this node shows one identity and accepts a few. */
public final class SecretTls {

  private SecretTls() {}

  /**
   * Derives the identities, which takes some tens of milliseconds each.
   *
   * @param presented whose identity this node shows
   * @param alsoAccepted whose identities it accepts besides, while secrets are being replaced
   */
  public static SSLContext context(
      String clusterName, SharedSecret presented, List<SharedSecret> alsoAccepted) {
    try {
      KeyPair own = ClusterIdentity.derive(presented, clusterName);
      List<PublicKey> pinned = new ArrayList<>();
      pinned.add(own.getPublic());
      for (SharedSecret secret : alsoAccepted) {
        pinned.add(ClusterIdentity.derive(secret, clusterName).getPublic());
      }
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(keyManagers(own), new TrustManager[] {new PinnedKeys(pinned)}, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(
          "The security providers of this JVM can't do P-256, PBKDF2 or TLS 1.3", e);
    }
  }

  private static KeyManager[] keyManagers(KeyPair keys)
      throws GeneralSecurityException, IOException {
    // The store never leaves the memory. PKCS 12 would derive keys to encrypt it all the same,
    // which
    // takes as long as deriving the identity.
    char[] noPassword = new char[0];
    KeyStore store = KeyStore.getInstance("JKS");
    store.load(null, null);
    store.setKeyEntry(
        "node", keys.getPrivate(), noPassword, new Certificate[] {SelfSignedCertificate.of(keys)});
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, noPassword);
    return factory.getKeyManagers();
  }
}
