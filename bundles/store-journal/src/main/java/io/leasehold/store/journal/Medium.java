// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;

/** Where a store may be kept. */
public interface Medium {
  /**
   * Makes the directory if it is missing, and takes it for one store.
   *
   * @throws IOException if that cannot be done; if another process has it, the message names the
   *     process
   */
  Disk open() throws IOException;

  /** Where this is, for messages. */
  String place();
}
