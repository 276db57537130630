// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.rserpool.wire.PoolHandle;

/** PE identifiers, the same over restarts (RFC 5352 section 3.1). Must not block. */
public interface Identifiers {
  /** The identifier in a pool, 32 bits; a new one if there was none. */
  long of(PoolHandle pool);

  /** Another identifier, because the one before is somebody else's. */
  long renew(PoolHandle pool);
}
