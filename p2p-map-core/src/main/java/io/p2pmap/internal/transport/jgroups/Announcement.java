package io.p2pmap.internal.transport.jgroups;

import io.p2pmap.internal.transport.Peer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jgroups.Address;
import org.jgroups.util.ExtendedUUID;

/**
 * What a node says of itself inside its JGroups address, so that every view carries it with no
 * message more. JGroups writes the address into each packet and allows 255 bytes, so it is short:
 * {@code minWire;maxWire;host:port;name}, in UTF-8. Whatever else must be told later goes under
 * another key.
 */
record Announcement(String nodeName, int minWireVersion, int maxWireVersion, String endpoint) {

  /** What JGroups allows. The name is cut to what the rest leaves: at least 170 bytes. */
  private static final int MAX_BYTES = 255;

  private static final String KEY = "p2pmap";
  private static final int FIELDS = 4;

  static Announcement of(JGroupsSettings settings, String endpoint) {
    return new Announcement(
        settings.nodeName(), settings.minWireVersion(), settings.maxWireVersion(), endpoint);
  }

  /** Puts this into {@code address}, instead of what was there. */
  void writeTo(ExtendedUUID address) {
    String text = minWireVersion + ";" + maxWireVersion + ";" + endpoint + ";" + nodeName;
    address.put(KEY, cutToUtf8Bytes(text, MAX_BYTES).getBytes(StandardCharsets.UTF_8));
  }

  /** The peer behind {@code address}; empty if that is not one of our nodes. */
  static Optional<Peer> peerAt(Address address) {
    if (!(address instanceof ExtendedUUID uuid)) {
      return Optional.empty();
    }
    byte[] bytes = uuid.get(KEY);
    if (bytes == null) {
      return Optional.empty();
    }
    String[] fields = new String(bytes, StandardCharsets.UTF_8).split(";", FIELDS);
    if (fields.length != FIELDS) {
      return Optional.empty();
    }
    try {
      int min = Integer.parseInt(fields[0]);
      int max = Integer.parseInt(fields[1]);
      if (min < 0 || min > max) {
        return Optional.empty();
      }
      return Optional.of(
          new Peer(idOf(uuid), printable(fields[3]), printable(fields[2]), min, max));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static UUID idOf(org.jgroups.util.UUID address) {
    return new UUID(address.getMostSignificantBits(), address.getLeastSignificantBits());
  }

  /** The longest prefix of whole characters that takes at most {@code maxBytes}. */
  private static String cutToUtf8Bytes(String text, int maxBytes) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      bytes += Character.toString(codePoint).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > maxBytes) {
        break;
      }
      end += Character.charCount(codePoint);
    }
    return text.substring(0, end);
  }

  /** A name from the network ends up in logs: no line breaks, no escape sequences. */
  private static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
