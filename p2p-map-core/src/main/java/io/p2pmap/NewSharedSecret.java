package io.p2pmap;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * Prints a shared secret of 256 random bits: {@code java -cp p2p-map-core.jar
 * io.p2pmap.NewSharedSecret}.
 */
public final class NewSharedSecret {

  private static final int BYTES = 32;

  private NewSharedSecret() {}

  /** Prints one line; takes no arguments. */
  @SuppressWarnings("SystemOut") // that is what it is for
  public static void main(String[] arguments) {
    System.out.println(generate());
  }

  static String generate() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
