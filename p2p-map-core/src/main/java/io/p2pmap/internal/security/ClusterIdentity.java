package io.p2pmap.internal.security;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.EllipticCurve;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key pair, on the curve P-256, that all nodes with one secret and one cluster name share. Who
 * proves in a handshake that it holds the private key has proven that it knows the secret.
 *
 * <p>Derivation 1: {@code seed = PBKDF2-HMAC-SHA256(secret in hexadecimal, "p2pmap identity 1 " +
 * cluster name, 20,000 iterations, 256 bit)}; the private key is {@code HMAC-SHA256(seed, 1) ||
 * HMAC-SHA256(seed, 2)}, as a number, modulo {@code n - 1}, plus one. It is part of the protocol:
 * changing anything needs another number, and a release that holds both.
 *
 * <p>Random secrets need no stretching; the iterations are for those that only look random. They
 * cost some tens of milliseconds a start.
 */
final class ClusterIdentity {

  private static final String SALT = "p2pmap identity 1 ";
  private static final int ITERATIONS = 20_000;
  private static final int SEED_BITS = 256;

  private ClusterIdentity() {}

  static KeyPair derive(SharedSecret secret, String clusterName) throws GeneralSecurityException {
    ECParameterSpec p256 = p256();
    BigInteger d = privateKey(seed(secret, clusterName), p256.getOrder());
    KeyFactory keys = KeyFactory.getInstance("EC");
    PrivateKey privateKey = keys.generatePrivate(new ECPrivateKeySpec(d, p256));
    return new KeyPair(publicKeyOf(privateKey, keys, p256), privateKey);
  }

  private static byte[] seed(SharedSecret secret, String clusterName)
      throws GeneralSecurityException {
    byte[] salt = (SALT + clusterName).getBytes(StandardCharsets.UTF_8);
    PBEKeySpec spec = new PBEKeySpec(secret.toPassword(), salt, ITERATIONS, SEED_BITS);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } finally {
      spec.clearPassword();
    }
  }

  /** Twice as many bits as the order has, so that every key is equally likely. */
  private static BigInteger privateKey(byte[] seed, BigInteger order)
      throws GeneralSecurityException {
    Mac hmac = Mac.getInstance("HmacSHA256");
    hmac.init(new SecretKeySpec(seed, "HmacSHA256"));
    byte[] first = hmac.doFinal(new byte[] {1});
    byte[] second = hmac.doFinal(new byte[] {2});
    byte[] wide = ByteBuffer.allocate(64).put(first).put(second).array();
    return new BigInteger(1, wide).mod(order.subtract(BigInteger.ONE)).add(BigInteger.ONE);
  }

  /**
   * The point {@code d * G}. The JDK offers no multiplication, but an ECDH agreement with the
   * generator, which yields x, in constant time. The curve gives y up to its sign, and a signature
   * tells which of the two it is.
   */
  private static PublicKey publicKeyOf(PrivateKey d, KeyFactory keys, ECParameterSpec p256)
      throws GeneralSecurityException {
    KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(d);
    agreement.doPhase(
        keys.generatePublic(new ECPublicKeySpec(p256.getGenerator(), p256)), /* lastPhase= */ true);
    BigInteger x = new BigInteger(1, agreement.generateSecret());
    EllipticCurve curve = p256.getCurve();
    BigInteger p = ((ECFieldFp) curve.getField()).getP();
    BigInteger square = x.pow(3).add(curve.getA().multiply(x)).add(curve.getB());
    BigInteger y = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p); // since p mod 4 is 3
    PublicKey candidate = keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, y), p256));
    return isPair(candidate, d)
        ? candidate
        : keys.generatePublic(new ECPublicKeySpec(new ECPoint(x, p.subtract(y)), p256));
  }

  private static boolean isPair(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(privateKey);
    byte[] proof = signature.sign();
    signature.initVerify(publicKey);
    return signature.verify(proof);
  }

  private static ECParameterSpec p256() throws GeneralSecurityException {
    AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
    parameters.init(new ECGenParameterSpec("secp256r1"));
    return parameters.getParameterSpec(ECParameterSpec.class);
  }
}
