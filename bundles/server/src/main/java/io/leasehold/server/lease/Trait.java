// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.LeaseDetails;

/** By what, other than their keys, leases are found. */
enum Trait {
  /** Who holds it: type, length and octets of the identity. */
  CLIENT(0),
  /** Hardware type octet and address of a DHCPv4 client that has an identifier. */
  HARDWARE(LeaseDetails.HARDWARE_ADDRESS),
  /** The relay agent that the client is behind (RFC 5460 section 5.4.1). */
  RELAY_ID(LeaseDetails.RELAY_ID),
  /** The circuit or host that a relay agent names (RFC 5460 section 5.4.3). */
  REMOTE_ID(LeaseDetails.REMOTE_ID);

  /** Tags of traits are below this. */
  static final int COUNT = LeaseDetails.REMOTE_ID + 1;

  private final int tag;

  Trait(int tag) {
    this.tag = tag;
  }

  /** Tag of the detail it is; 0 for the client. */
  int tag() {
    return tag;
  }
}
