// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** An ability of stores: looking after their own files. Any thread. */
@ConsumerType
public interface StoreMaintenance {
  /**
   * Reads everything and checks it, also while the store is stopped because it is damaged. Changes
   * nothing; appends go on meanwhile. Blocks.
   *
   * @throws IOException if the files cannot be read at all
   */
  StoreCheck check() throws IOException;

  /**
   * Makes a store that is stopped because it is damaged usable again, with all of it that can be
   * read, under a new identity. What was lost may have been acknowledged: clients may hold leases
   * that the store no longer knows. The damaged files are kept under other names. Blocks.
   *
   * @param really false only says what would be done
   * @throws IOException if the store is not stopped, or the files cannot be read or written
   */
  StoreRepair repair(boolean really) throws IOException;
}
