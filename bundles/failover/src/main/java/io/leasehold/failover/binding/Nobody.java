// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import java.util.Optional;

/**
 * The client of an address that nobody has, as one that was declined. RFC 8156 section 7.4 has no
 * update of an address without a client; the DUID with the nil UUID (RFC 6355, RFC 9562 section
 * 5.9), which no client may have, stands for none.
 */
final class Nobody {
  private static final Duid NIL = new Duid(Bytes.ofHex("000400000000000000000000000000000000"));

  private Nobody() {}

  /** What an update names as the client of a lease; nothing if it cannot name it. */
  static Optional<Duid> duidOf(Lease lease) {
    return lease.client().equals(ClientIdentity.NONE) ? Optional.of(NIL) : lease.client().duid();
  }

  /** Whom an update names. */
  static ClientIdentity clientOf(Duid duid) {
    return duid.equals(NIL) ? ClientIdentity.NONE : ClientIdentity.of(duid);
  }
}
