package io.p2pmap.internal.security;

import java.net.Socket;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Trusts those, clients and servers alike, whose certificate holds one of a few public keys. The
 * handshake proves that they also have the private key.
 */
final class PinnedKeys extends X509ExtendedTrustManager {

  private final List<byte[]> encodedKeys;

  PinnedKeys(List<PublicKey> keys) {
    encodedKeys = keys.stream().map(PublicKey::getEncoded).toList();
  }

  private void requirePinned(X509Certificate @Nullable [] chain) throws CertificateException {
    if (chain == null || chain.length == 0) {
      throw new CertificateException("There is no certificate");
    }
    byte[] presented = chain[0].getPublicKey().getEncoded();
    if (encodedKeys.stream().noneMatch(key -> MessageDigest.isEqual(key, presented))) {
      throw new CertificateException("It does not hold the secret of this cluster");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    requirePinned(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
