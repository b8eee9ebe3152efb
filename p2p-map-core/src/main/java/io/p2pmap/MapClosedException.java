package io.p2pmap;

/** The map was closed or deleted on this node, or its node was closed. */
public class MapClosedException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** Creates the exception for the map of this name. */
  public MapClosedException(String mapName) {
    super("Map '%s' is closed on this node".formatted(mapName));
  }
}
