package io.p2pmap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * All instrumentations of a node as one; a failure of one of them reaches neither the others nor
 * the node.
 *
 * <p>Threading: any thread.
 */
final class Instrumentations implements Instrumentation {

  private static final Logger LOG = LoggerFactory.getLogger(Instrumentations.class);

  private final List<Instrumentation> all;
  private final AtomicBoolean hasFailed = new AtomicBoolean(); // it may fail at every write

  Instrumentations(List<Instrumentation> all) {
    this.all = List.copyOf(all);
  }

  /** Whether nobody is told anything, so that nothing need be measured. */
  boolean isEmpty() {
    return all.isEmpty();
  }

  @Override
  public void mapOpened(ReplicatedMap<?, ?> map) {
    tell(each -> each.mapOpened(map));
  }

  @Override
  public void mapClosed(ReplicatedMap<?, ?> map) {
    tell(each -> each.mapClosed(map));
  }

  @Override
  public void membersChanged(List<Member> members) {
    tell(each -> each.membersChanged(members));
  }

  @Override
  public void writeArrived(String mapName, long lagMillis) {
    tell(each -> each.writeArrived(mapName, lagMillis));
  }

  @Override
  public void batchSent(String mapName, int entries, int lengthBytes) {
    tell(each -> each.batchSent(mapName, entries, lengthBytes));
  }

  @Override
  public void storageForced(String mapName, Duration duration) {
    tell(each -> each.storageForced(mapName, duration));
  }

  @Override
  public Ongoing joining() {
    return begin(Instrumentation::joining);
  }

  @Override
  public Ongoing recovering(String mapName) {
    return begin(each -> each.recovering(mapName));
  }

  @Override
  public Ongoing receivingTransfer(String mapName, String kind) {
    return begin(each -> each.receivingTransfer(mapName, kind));
  }

  private void tell(Consumer<Instrumentation> news) {
    for (Instrumentation each : all) {
      guarded(() -> news.accept(each));
    }
  }

  private Ongoing begin(Function<Instrumentation, Ongoing> beginning) {
    List<Ongoing> begun = new ArrayList<>(all.size());
    tell(each -> begun.add(beginning.apply(each)));
    return failure -> begun.forEach(each -> guarded(() -> each.ended(failure)));
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      Level level = hasFailed.getAndSet(true) ? Level.DEBUG : Level.WARN;
      LOG.atLevel(level).setCause(e).log("An instrumentation failed; the node goes on");
    }
  }
}
