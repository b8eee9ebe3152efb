package io.p2pmap;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a node knows about the files of a persisted map at one instant. Counts begin when the map is
 * opened.
 *
 * @param location directory of the files
 * @param state whether writes become durable
 * @param degradedCause why they don't, where, and what to do about it; null while they do
 * @param logBytes length of the log since the last snapshot
 * @param snapshotBytes length of the last snapshot, 0 if there is none
 * @param writtenBytes written to logs and completed snapshots
 * @param recovery what opening the map found in its files
 */
public record StorageStatus(
    String location,
    State state,
    @Nullable String degradedCause,
    long logBytes,
    long snapshotBytes,
    long writtenBytes,
    Forces forces,
    Snapshots snapshots,
    Recovery recovery) {

  /** Whether writes become durable. */
  public enum State {
    /** They do. */
    HEALTHY,
    /**
     * They don't: reads go on, and writes throw a {@link MapStorageException} until a snapshot
     * succeeds, which the map attempts by itself.
     */
    DEGRADED,
    /** The map is closed on this node. */
    CLOSED
  }

  /**
   * How often the log was forced to disk.
   *
   * @param count of forces; one serves every write that waits for it
   * @param total time that all of them took, with the writes before them
   * @param last when the last one ended, or null
   * @param lastDuration how long the last one took, or null
   */
  public record Forces(
      long count, Duration total, @Nullable Instant last, @Nullable Duration lastDuration) {}

  /**
   * How often the log was replaced by a snapshot.
   *
   * @param count of completed snapshots
   * @param last when the last of them was completed, or null
   * @param failure why the last attempt failed, or null if it succeeded
   */
  public record Snapshots(long count, @Nullable Instant last, @Nullable String failure) {}

  /**
   * What opening the map found in its files.
   *
   * @param duration of reading them
   * @param records read
   * @param bytes of those records
   * @param tornTail an unfinished write that was cut off, in words, or null; nobody was told that
   *     it had succeeded, so it is normal after a crash
   * @param damages what was lost here, or may have been, in words; it comes back from the other
   *     nodes as far as they hold it
   * @param warnings what was wrong but cost no record, in words
   */
  public record Recovery(
      Duration duration,
      long records,
      long bytes,
      @Nullable String tornTail,
      List<String> damages,
      List<String> warnings) {

    public Recovery {
      damages = List.copyOf(damages);
      warnings = List.copyOf(warnings);
    }
  }
}
