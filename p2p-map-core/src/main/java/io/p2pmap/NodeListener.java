package io.p2pmap;

/** Is told what happens to a node, on a thread that belongs to its subscription. */
@FunctionalInterface
public interface NodeListener {

  /** Called one event at a time. */
  void onEvent(NodeEvent event);
}
