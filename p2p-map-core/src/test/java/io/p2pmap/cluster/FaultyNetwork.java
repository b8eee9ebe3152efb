package io.p2pmap.cluster;

import java.net.InetAddress;
import java.util.List;

/** A network between node processes whose links can be cut. Threading: one thread. */
public interface FaultyNetwork extends AutoCloseable {

  /** Adds a place for a node; before the node is launched. */
  void add(String node);

  /** Where the node is bound. */
  InetAddress addressOf(String node);

  /** What precedes the command line of the node's process. */
  List<String> launcher(String node);

  /** Nothing that {@code from} sends reaches {@code to} any more; nobody is told. */
  void cut(String from, String to);

  /** Cuts both directions between each of {@code some} and each of {@code others}. */
  default void split(List<String> some, List<String> others) {
    for (String one : some) {
      for (String other : others) {
        cut(one, other);
        cut(other, one);
      }
    }
  }

  /** Makes all links whole. */
  void heal();

  @Override
  void close();
}
