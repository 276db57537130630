// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file of a {@link Disk}. */
public interface DiskFile extends Closeable {
  /** Its length in octets. */
  long size() throws IOException;

  /** Reads until the buffer is full or the file ends. */
  void read(long at, ByteBuffer into) throws IOException;

  /** Writes all of the buffer. Durable only after {@link #force}. */
  void write(long at, ByteBuffer from) throws IOException;

  /**
   * Writes all of the buffer like {@link #write}, but leaves as little as the system allows for a
   * later sync, so that those who sync other files meanwhile do not wait for it. Fast as {@link
   * #writeDurably} is.
   */
  default void writeAhead(long at, ByteBuffer from) throws IOException {
    write(at, from);
    force(true);
  }

  /**
   * Makes everything written durable. After a failure nothing is known about what was written since
   * the last success.
   *
   * @param metadata whether the file's length may have changed
   */
  void force(boolean metadata) throws IOException;

  /**
   * Writes all of the buffer, inside of the file as long as it is, and makes it durable; what was
   * written otherwise need not be. Fast where place and length are multiples of {@link
   * FileHeader#BLOCK}, and the buffer's memory is aligned to it.
   */
  default void writeDurably(long at, ByteBuffer from) throws IOException {
    write(at, from);
    force(false);
  }
}
