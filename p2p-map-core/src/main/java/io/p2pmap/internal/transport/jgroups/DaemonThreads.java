package io.p2pmap.internal.transport.jgroups;

import java.util.concurrent.atomic.AtomicInteger;
import org.jgroups.util.ThreadFactory;

/** Makes every thread of a JGroups channel a daemon, named {@code p2pmap-…}. */
final class DaemonThreads implements ThreadFactory {

  private static final String PREFIX = "p2pmap-";

  private final String poolName;
  private final AtomicInteger poolThreads = new AtomicInteger();

  DaemonThreads(String nodeName) {
    poolName = "jgroups-" + nodeName + "-";
  }

  @Override
  public Thread newThread(Runnable task) {
    return newThread(task, poolName + poolThreads.incrementAndGet());
  }

  @Override
  public Thread newThread(Runnable task, String name) {
    return new DaemonThread(task, PREFIX + name);
  }

  @Override
  public boolean useVirtualThreads() {
    return false;
  }

  // JGroups would put its own pattern, the cluster and the address into the names.

  @Override
  public void setPattern(String pattern) {}

  @Override
  public void setIncludeClusterName(boolean includeClusterName) {}

  @Override
  public void setClusterName(String clusterName) {}

  @Override
  public void setAddress(String address) {}

  @Override
  public void renameThread(String baseName, Thread thread) {}

  /** A subclass, because JGroups' {@code Runner} un-daemons every thread that is a plain one. */
  private static final class DaemonThread extends Thread {

    DaemonThread(Runnable task, String name) {
      super(null, task, name, 0, false); // inherits no thread locals of whoever opened the channel
      setDaemon(true);
    }
  }
}
