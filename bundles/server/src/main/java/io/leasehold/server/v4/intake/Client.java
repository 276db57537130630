// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4.intake;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.HardwareAddress;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.protocol.Requester;
import java.util.List;

/**
 * Who sent a message. Nothing in it keeps the packet's octets alive.
 *
 * @param identity as leases keep it: the client identifier, else type and address of its hardware
 * @param byHardware the same if it had no client identifier; {@link ClientIdentity#NONE} without a
 *     hardware address
 * @param hardwareOrNull its link-layer address
 * @param identifiers what reservations may know it by, in the order in which they are looked up
 */
public record Client(
    ClientIdentity identity,
    ClientIdentity byHardware,
    HardwareAddress hardwareOrNull,
    List<HostIdentifier> identifiers)
    implements Requester {
  /** Whether it is told from others by its client identifier. */
  public boolean hasClientId() {
    return identity.type() == ClientIdentity.Type.CLIENT_ID;
  }
}
