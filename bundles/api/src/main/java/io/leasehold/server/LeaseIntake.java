// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.lease.text.ImportReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Takes leases of elsewhere into the server's store. Methods may be called from any thread. */
@ProviderType
public interface LeaseIntake {
  /**
   * Reads exports and lease files of Kea, one after the other, into the store, and serves with what
   * the store then holds. Clients are not answered meanwhile. A lease that is imported replaces the
   * one that the store has of the same key. Blocks until clients are answered again.
   *
   * @throws IOException if a file cannot be read, the store takes no more, or another import runs;
   *     what was read before is in the store
   */
  ImportReport take(List<Path> files) throws IOException;
}
