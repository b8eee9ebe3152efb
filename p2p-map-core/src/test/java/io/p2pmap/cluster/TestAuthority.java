package io.p2pmap.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A private certificate authority and one certificate it has issued, made by the JDK's {@code
 * keytool} in a folder of the test.
 */
public final class TestAuthority {

  /** Password of every file. */
  public static final String PASSWORD = "changeit";

  private static final String AUTHORITY = "authority";
  private static final String NODE = "node";

  private final Path directory;
  private final String name;

  private TestAuthority(Path directory, String name) {
    this.directory = directory;
    this.name = name;
  }

  /** One that is made once in a process. */
  public static TestAuthority first() {
    return Shared.FIRST;
  }

  /** Another one that is made once in a process, and that nobody trusts who trusts the first. */
  public static TestAuthority second() {
    return Shared.SECOND;
  }

  /** Makes both; takes a second or two. */
  public static TestAuthority create(Path directory, String name) {
    TestAuthority authority = new TestAuthority(directory, name);
    authority.keytool(AUTHORITY, "-ext", "bc:c");
    authority.keytool(NODE, "-signer", AUTHORITY);
    return authority;
  }

  /** PKCS 12 file with the node's key and its chain, under the alias {@code node}. */
  public Path keyStore() {
    return directory.resolve(name + ".p12");
  }

  /** Writes a PKCS 12 file with the certificates of {@code authorities}. */
  public static Path writeTrustStore(Path file, TestAuthority... authorities) {
    try (OutputStream out = Files.newOutputStream(file)) {
      trusting(authorities).store(out, PASSWORD.toCharArray());
      return file;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Shows this authority's certificate, and trusts {@code authorities}. */
  public SSLContext contextTrusting(TestAuthority... authorities) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusting(authorities));
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  KeyManager[] keyManagers() {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(nodeKey(), PASSWORD.toCharArray());
      return keys.getKeyManagers();
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore trusting(TestAuthority... authorities)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    for (TestAuthority authority : authorities) {
      store.setCertificateEntry(authority.name, authority.load().getCertificate(AUTHORITY));
    }
    return store;
  }

  /** Without the authority's own key, which no node has. */
  private KeyStore nodeKey() throws IOException, GeneralSecurityException {
    KeyStore store = load();
    store.deleteEntry(AUTHORITY);
    return store;
  }

  private KeyStore load() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keyStore())) {
      store.load(in, PASSWORD.toCharArray());
    }
    return store;
  }

  private void keytool(String alias, String... more) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
    command.addAll(List.of("-groupname", "secp256r1", "-dname", "CN=" + alias + " of " + name));
    command.addAll(List.of("-keystore", keyStore().toString(), "-storetype", "PKCS12"));
    command.addAll(List.of("-storepass", PASSWORD, "-validity", "2"));
    command.addAll(List.of(more));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool says: " + output);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static final class Shared {

    private static final Path DIRECTORY = directory();
    static final TestAuthority FIRST = create(DIRECTORY, "first");
    static final TestAuthority SECOND = create(DIRECTORY, "second");

    private static Path directory() {
      try {
        Path directory = Files.createTempDirectory("p2pmap-authorities");
        directory.toFile().deleteOnExit(); // the last registered goes first
        directory.resolve("first.p12").toFile().deleteOnExit();
        directory.resolve("second.p12").toFile().deleteOnExit();
        return directory;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
