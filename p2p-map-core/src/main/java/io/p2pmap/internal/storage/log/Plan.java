package io.p2pmap.internal.storage.log;

import io.p2pmap.internal.storage.RecoveryReport.TornTail;
import io.p2pmap.internal.storage.log.FileHeader.Link;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a survey is used, and what is lost. The logs are used up to the first bad byte that
 * should have been on disk: behind a hole nothing counts, because later records may rely on earlier
 * ones. Deciding it changes nothing.
 */
final class Plan {

  /** A log, of which the bytes up to {@code length} are used. */
  record Part(LogScan log, long length) {}

  /** What happens to a file with unusable bytes. */
  enum Treatment {
    /** It is renamed. */
    MOVE,
    /** It is copied, and then cut off at the first unusable byte. */
    COPY_AND_CUT,
    /** There is no file. */
    NOTHING
  }

  /** Unusable bytes of a file. */
  record Loss(
      String file,
      long fromByte,
      long toByte,
      String problem,
      long lostRecords,
      Treatment treatment) {}

  private final Survey survey;
  private final List<Part> parts = new ArrayList<>();
  private final List<Loss> losses = new ArrayList<>();
  private @Nullable TornTail tornTail;
  private Link end;

  private Plan(Survey survey) {
    this.survey = survey;
    this.end = Link.snapshot(survey.baseNumber());
  }

  static Plan of(Survey survey) {
    Plan plan = new Plan(survey);
    plan.loseDamagedSnapshots();
    plan.followLogs(plan.finishedLogs());
    plan.checkSideFiles();
    return plan;
  }

  private void loseDamagedSnapshots() {
    for (SnapshotScan scan : survey.damagedSnapshots()) {
      String problem = "snapshot is unusable, " + scan.problem();
      lose(scan.name(), scan.end(), scan.size(), problem, scan.records(), Treatment.MOVE);
    }
  }

  /** All logs but a last one that a crash kept from being made. */
  private List<LogScan> finishedLogs() {
    List<LogScan> logs = survey.logs();
    if (!logs.isEmpty()) {
      LogScan last = logs.get(logs.size() - 1);
      if (last.header().header() == null && !last.hasFrames() && survey.provenLength(last) == 0) {
        return logs.subList(0, logs.size() - 1);
      }
    }
    return logs;
  }

  private void followLogs(List<LogScan> logs) {
    for (int i = 0; i < logs.size(); i++) {
      LogScan log = logs.get(i);
      String gap = gapBefore(log);
      if (gap != null) {
        loseAll(logs.subList(i, logs.size()), gap);
        return;
      }
      long linked = i + 1 < logs.size() ? linkedLength(log, logs.get(i + 1)) : 0;
      long proven = linked > 0 ? linked : survey.provenLength(log);
      use(log, linked > 0 ? Math.min(linked, log.end()) : log.end());
      if (log.end() < proven) {
        cut(log, proven);
        loseAll(logs.subList(i + 1, logs.size()), "it continues " + log.name());
        return;
      }
      if (i == logs.size() - 1 && log.contentEnd() > log.end()) {
        tornTail = new TornTail(log.name(), log.end(), log.contentEnd());
      }
    }
    checkNewestLogIsThere();
  }

  /** Why {@code log} doesn't continue what is used so far, or null if it does. */
  private @Nullable String gapBefore(LogScan log) {
    FileHeader header = log.header().header();
    if (header == null) {
      return "its header is damaged";
    }
    boolean isConnected;
    if (!parts.isEmpty()) {
      isConnected = end.equals(new Link(header.previous(), header.previousLength()));
    } else if (header.isAfterSnapshot()) {
      isConnected = header.previous() <= survey.baseNumber();
    } else {
      isConnected = header.previous() < survey.baseNumber(); // replaced by the base
    }
    return isConnected ? null : "what it continues is missing";
  }

  /** Final length of {@code log} that its successor tells; 0 if it doesn't. */
  private static long linkedLength(LogScan log, LogScan next) {
    FileHeader header = next.header().header();
    return header != null && header.previous() == log.number() && !header.isAfterSnapshot()
        ? header.previousLength()
        : 0;
  }

  private void use(LogScan log, long length) {
    parts.add(new Part(log, length));
    end = new Link(log.number(), length);
  }

  private void cut(LogScan log, long proven) {
    boolean isShort = log.contentEnd() == log.end();
    String problem = isShort ? "they are missing" : "they are damaged";
    Treatment treatment = isShort ? Treatment.NOTHING : Treatment.COPY_AND_CUT;
    long to = Math.max(proven, log.contentEnd());
    lose(log.name(), log.end(), to, problem, log.recordsBehind(), treatment);
  }

  private void loseAll(List<LogScan> logs, String problem) {
    for (LogScan log : logs) {
      lose(log.name(), 0, log.size(), problem, log.allRecords(), Treatment.MOVE);
    }
  }

  private void checkNewestLogIsThere() {
    Watermark.Found watermark = survey.watermark();
    long newest = parts.isEmpty() ? survey.baseNumber() - 1 : end.number();
    if (watermark != null && watermark.log() > Math.max(0, newest)) {
      String name = FileNames.log(watermark.log());
      lose(name, 0, watermark.length(), "the file is missing", 0, Treatment.NOTHING);
    }
  }

  private void checkSideFiles() {
    if (survey.base() == null && survey.logs().isEmpty() && losses.isEmpty()) {
      lose("*", 0, 0, "every log and snapshot is missing", 0, Treatment.NOTHING);
    }
    if (!survey.hasWatermark()) {
      String problem = "the file is missing; whether records are, too, can't be told";
      lose(FileNames.WATERMARK, 0, 0, problem, 0, Treatment.NOTHING);
    }
  }

  private void lose(
      String file, long from, long to, String problem, long records, Treatment treatment) {
    losses.add(new Loss(file, from, to, problem, records, treatment));
  }

  Survey survey() {
    return survey;
  }

  List<Part> parts() {
    return parts;
  }

  List<Loss> losses() {
    return losses;
  }

  @Nullable TornTail tornTail() {
    return tornTail;
  }

  /** What the next log continues. */
  Link end() {
    return end;
  }

  boolean isEmpty() {
    return survey.base() == null && parts.isEmpty();
  }
}
