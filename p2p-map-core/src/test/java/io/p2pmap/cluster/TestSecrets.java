package io.p2pmap.cluster;

import java.security.SecureRandom;
import java.util.Base64;

/** Shared secrets that nobody has used before. */
public final class TestSecrets {

  private static final SecureRandom RANDOM = new SecureRandom();

  private TestSecrets() {}

  /** 256 random bits in base64. */
  public static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
