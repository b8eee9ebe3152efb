package io.p2pmap;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Remembers what it is told, as lines of text. */
class RecordedInstrumentation implements Instrumentation {

  final List<String> told = new CopyOnWriteArrayList<>();
  final List<Long> lagsMillis = new CopyOnWriteArrayList<>();

  Stream<String> startingWith(String beginning) {
    return told.stream().filter(line -> line.startsWith(beginning));
  }

  @Override
  public void mapOpened(ReplicatedMap<?, ?> map) {
    told.add("opened " + map.name());
  }

  @Override
  public void mapClosed(ReplicatedMap<?, ?> map) {
    told.add("closed " + map.name());
  }

  @Override
  public void membersChanged(List<Member> members) {
    told.add("members " + members.stream().map(Member::name).sorted().toList());
  }

  @Override
  public void writeArrived(String mapName, long lagMillis) {
    told.add("arrived " + mapName);
    lagsMillis.add(lagMillis);
  }

  @Override
  public void batchSent(String mapName, int entries, int lengthBytes) {
    told.add("sent %s %d %s".formatted(mapName, entries, lengthBytes > 0));
  }

  @Override
  public void storageForced(String mapName, Duration duration) {
    told.add("forced %s %s".formatted(mapName, !duration.isNegative()));
  }

  @Override
  public Ongoing joining() {
    return begin("joining");
  }

  @Override
  public Ongoing recovering(String mapName) {
    return begin("recovering " + mapName);
  }

  @Override
  public Ongoing receivingTransfer(String mapName, String kind) {
    return begin("transfer %s %s".formatted(mapName, kind));
  }

  private Ongoing begin(String what) {
    told.add(what + " began");
    return (@Nullable Throwable failure) ->
        told.add(what + (failure == null ? " ended" : " failed: " + failure.getMessage()));
  }
}
