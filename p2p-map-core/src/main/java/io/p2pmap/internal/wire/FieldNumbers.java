package io.p2pmap.internal.wire;

/**
 * Numbers of the fields that are the same in all messages: 1 to 9. Those from 10 on belong to each
 * message type. A number is never given another meaning.
 */
final class FieldNumbers {

  /** Table of the origins that other fields refer to. */
  static final int ORIGINS = 1;

  /** Entries of the map. */
  static final int ENTRIES = 2;

  /** The highest in use; fields beyond it are of later releases and skipped. */
  static final int MAX = 18;

  private FieldNumbers() {}
}
