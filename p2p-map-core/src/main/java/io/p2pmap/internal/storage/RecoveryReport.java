package io.p2pmap.internal.storage;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What opening a store found.
 *
 * @param files read, in order
 * @param records given to the map
 * @param bytes of those records
 * @param tornTail an unfinished write that nobody was told of; normal after a crash
 * @param damages what was lost, or may have been
 * @param warnings what is wrong but cost no record
 */
public record RecoveryReport(
    List<String> files,
    long records,
    long bytes,
    @Nullable TornTail tornTail,
    List<Damage> damages,
    List<String> warnings,
    Duration duration) {

  public RecoveryReport {
    files = List.copyOf(files);
    damages = List.copyOf(damages);
    warnings = List.copyOf(warnings);
  }

  public boolean isDamaged() {
    return !damages.isEmpty();
  }

  /** Bytes at the end of the last log file that were cut off. */
  public record TornTail(String file, long fromByte, long toByte) {

    @Override
    public String toString() {
      return "%s, bytes %d to %d".formatted(file, fromByte, toByte);
    }
  }

  /**
   * Bytes that could not be used.
   *
   * @param toByte exclusive; what should have been there, if the file is too short
   * @param problem what is wrong with them
   * @param lostRecords how many readable records were dropped, because they stand behind the
   *     damage; those in the damaged bytes are not counted
   * @param movedTo name of the file that keeps them, or null if there is nothing to keep
   */
  public record Damage(
      String file,
      long fromByte,
      long toByte,
      String problem,
      long lostRecords,
      @Nullable String movedTo) {

    @Override
    public String toString() {
      String dropped = lostRecords == 0 ? "" : "; dropped %d records".formatted(lostRecords);
      String kept = movedTo == null ? "" : "; kept as " + movedTo;
      return "%s, bytes %d to %d: %s%s%s".formatted(file, fromByte, toByte, problem, dropped, kept);
    }
  }
}
