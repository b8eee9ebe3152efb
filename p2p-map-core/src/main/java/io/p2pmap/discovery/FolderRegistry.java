package io.p2pmap.discovery;

import io.p2pmap.internal.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Entries as files of a shared folder, one a node: {@code <cluster>-<address>.node} with the
 * address and the beat as its text. A hash stands for the name of the cluster, which may hold what
 * a file name may not.
 */
final class FolderRegistry implements Registry {

  private static final String SUFFIX = ".node";
  private static final int MAX_FILES = 1_000;
  private static final int MAX_BYTES = 200;
  private static final int HASH_BYTES = 8;
  private static final Pattern ENTRY = Pattern.compile("(\\S+) (\\d{1,18})\\s*");

  private final Path folder;
  private volatile String prefix = "";

  FolderRegistry(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  @Override
  public void open(String clusterName) {
    prefix = hash(clusterName) + "-";
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new IllegalStateException("Can't create %s: %s".formatted(this, e), e);
    }
    if (!Files.isWritable(folder)) {
      throw new IllegalStateException("Can't write to " + this);
    }
  }

  @Override
  public void write(String address, long beat) throws IOException {
    Path file = file(address);
    Path written = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(written, address + " " + beat + "\n");
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE); // nobody reads half of it
  }

  @Override
  public Map<String, Long> read() throws IOException {
    Map<String, Long> entries = new HashMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, prefix + "*" + SUFFIX)) {
      for (Path file : files) {
        entry(file).ifPresent(entry -> entries.put(entry.address(), entry.beat()));
        if (entries.size() == MAX_FILES) {
          break;
        }
      }
    }
    return entries;
  }

  @Override
  public void remove(String address, long beat) throws IOException {
    Path file = file(address);
    if (entry(file).filter(entry -> entry.beat() == beat).isPresent()) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public String toString() {
    return "folder " + folder;
  }

  private record Entry(String address, long beat) {}

  /** The entry in a file; empty if it is gone, or holds anything else. */
  private Optional<Entry> entry(Path file) throws IOException {
    String text;
    try (InputStream bytes = Files.newInputStream(file)) {
      text = new String(bytes.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    Matcher matcher = ENTRY.matcher(text);
    if (!matcher.matches() || !file.equals(file(matcher.group(1)))) {
      return Optional.empty();
    }
    return Optional.of(new Entry(matcher.group(1), Long.parseLong(matcher.group(2))));
  }

  private Path file(String address) {
    return folder.resolve(prefix + address.replaceAll("[^0-9a-fA-F.]", "_") + SUFFIX);
  }

  private static String hash(String clusterName) {
    return HexFormat.of().formatHex(Sha256.of(clusterName), 0, HASH_BYTES);
  }
}
