package io.p2pmap.internal.security;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/**
 * The X.509 envelope (RFC 5280) in which TLS wants to see a public key. It carries no claim: peers
 * look at the key and at nothing else. Written here in DER, and read by the JDK alone, since the
 * JDK has no public way to make a certificate.
 */
final class SelfSignedCertificate {

  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int EXPLICIT_VERSION = 0xa0;

  private static final byte[] COMMON_NAME = HexFormat.of().parseHex("0603550403");
  private static final byte[] ECDSA_WITH_SHA256 = HexFormat.of().parseHex("06082a8648ce3d040302");

  private SelfSignedCertificate() {}

  static X509Certificate of(KeyPair keys) throws GeneralSecurityException {
    byte[] algorithm = der(SEQUENCE, ECDSA_WITH_SHA256);
    byte[] toBeSigned = toBeSigned(keys, algorithm);
    byte[] signature = der(BIT_STRING, new byte[] {0}, sign(keys, toBeSigned)); // 0 unused bits
    byte[] certificate = der(SEQUENCE, toBeSigned, algorithm, signature);
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate));
  }

  private static byte[] toBeSigned(KeyPair keys, byte[] algorithm) {
    byte[] version3 = der(EXPLICIT_VERSION, der(INTEGER, new byte[] {2}));
    byte[] serialNumber = der(INTEGER, new byte[] {1});
    byte[] name =
        der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, ascii("p2pmap")))));
    byte[] validity =
        der(
            SEQUENCE,
            der(GENERALIZED_TIME, ascii("20200101000000Z")),
            der(GENERALIZED_TIME, ascii("99991231235959Z"))); // "has no end", says RFC 5280
    byte[] publicKey = keys.getPublic().getEncoded();
    return der(SEQUENCE, version3, serialNumber, algorithm, name, validity, name, publicKey);
  }

  private static byte[] sign(KeyPair keys, byte[] content) throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(content);
    return signature.sign();
  }

  /** Tag, length, and the parts in a row; for up to 64 KiB. */
  private static byte[] der(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length + 4);
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
