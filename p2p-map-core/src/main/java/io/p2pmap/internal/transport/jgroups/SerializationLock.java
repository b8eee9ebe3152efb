package io.p2pmap.internal.transport.jgroups;

/**
 * Keeps JGroups from deserializing Java objects. JGroups does that for anybody who can reach the
 * port, before any membership or security check (since 5.5.7 there is a filter against it).
 */
final class SerializationLock {

  /** {@code org.jgroups.Global#DESERIALIZATION_FILTER}, copied: naming it could load JGroups. */
  static final String PROPERTY = "jgroups.deserialization.filter";

  private static final String NOTHING = "!*";

  private SerializationLock() {}

  /**
   * Closes the lock, unless the user has set a filter. Takes effect only before JGroups' classes
   * are loaded, and for the whole process: an application that sends Java objects over a JGroups
   * channel of its own sets the property itself.
   */
  static void close() {
    if (System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, NOTHING);
    }
  }
}
