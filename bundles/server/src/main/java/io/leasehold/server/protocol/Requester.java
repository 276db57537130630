// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.HardwareAddress;
import io.leasehold.server.plan.HostIdentifier;
import java.util.List;

/** Who sent a message. Immutable; nothing in it keeps the packet's octets alive. */
public interface Requester {
  /** As leases keep it; {@link ClientIdentity#NONE} if it does not say. */
  ClientIdentity identity();

  /** Its link-layer address; null if it cannot be told. */
  HardwareAddress hardwareOrNull();

  /** What reservations may know it by, in the order in which they are looked up. */
  List<HostIdentifier> identifiers();
}
