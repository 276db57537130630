// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * One directory of plain files, locked for one store. The only way in which the journal touches a
 * medium; a simulated one takes its place in tests. All methods may block and may be called from
 * any thread.
 */
public interface Disk extends Closeable {
  /** Names of all files. */
  List<String> list() throws IOException;

  /** Opens a file for reading and writing. */
  DiskFile open(String name) throws IOException;

  /** Makes an empty file, in place of one of that name. */
  DiskFile create(String name) throws IOException;

  /** Renames a file, in place of one of the new name. Durable only after {@link #sync}. */
  void rename(String from, String to) throws IOException;

  /** Deletes a file if it is there. Durable only after {@link #sync}. */
  void delete(String name) throws IOException;

  /** Makes names durable: what was created, renamed and deleted. */
  void sync() throws IOException;

  /** Octets that can still be written. */
  long freeOctets() throws IOException;

  /** Where this is, for messages. */
  String place();

  /** Gives the directory free for others. */
  @Override
  void close() throws IOException;
}
