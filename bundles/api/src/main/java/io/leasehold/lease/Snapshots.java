// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/** An ability of stores: a view of one moment, for exports and backups. Any thread. */
@ConsumerType
public interface Snapshots {
  /**
   * What the store holds now. Blocks while the store puts its content in order; appends go on
   * meanwhile and do not show in the snapshot.
   *
   * @return to be closed
   * @throws StoreUnavailableException if the store is stopped or its content is damaged
   * @throws IOException if there is no room or reading fails
   */
  Snapshot snapshot() throws IOException;
}
