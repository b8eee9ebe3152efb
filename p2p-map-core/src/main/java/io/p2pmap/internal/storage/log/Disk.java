package io.p2pmap.internal.storage.log;

import java.io.IOException;
import java.util.List;

/**
 * The files of one directory, by name. What is not forced may be lost at a crash, in any part and
 * order: contents by {@link DiskFile#force}, names by {@link #forceDirectory}.
 *
 * <p>Threading: one thread at a time.
 */
interface Disk extends AutoCloseable {

  /** Where it is, for messages. */
  String location();

  /** Names of all files, sorted. */
  List<String> list() throws IOException;

  /** Opens a file that is there. */
  DiskFile open(String name) throws IOException;

  /** Makes an empty file; one of that name is emptied. */
  DiskFile create(String name) throws IOException;

  /** Gives a file another name, at once or not at all; replaces a file that has it. */
  void rename(String from, String to) throws IOException;

  /** Removes a file if it is there. */
  void delete(String name) throws IOException;

  /** Forces what was created, renamed and deleted. */
  void forceDirectory() throws IOException;

  /** Removes the directory with all that is in it, at once or not at all. */
  void destroy() throws IOException;

  /** Lets others use the directory. */
  @Override
  void close() throws IOException;
}
