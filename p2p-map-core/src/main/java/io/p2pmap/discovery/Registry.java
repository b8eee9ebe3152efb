package io.p2pmap.discovery;

import java.util.Map;

/**
 * A place that all nodes of a cluster can write to and read: an entry a node, its address with a
 * beat that changes as long as the node lives. Threading: any.
 */
interface Registry {

  /**
   * Makes the place ready for entries of a cluster; called again if that failed.
   *
   * @throws IllegalStateException if it can't work as it is set up
   * @throws Exception if it does not work now
   */
  void open(String clusterName) throws Exception;

  /** Writes the entry of a node, in place of an earlier one. */
  void write(String address, long beat) throws Exception;

  /** The beat of every entry. */
  Map<String, Long> read() throws Exception;

  /** Removes an entry unless its beat has changed. */
  void remove(String address, long beat) throws Exception;

  /** What and where it is. */
  @Override
  String toString();
}
