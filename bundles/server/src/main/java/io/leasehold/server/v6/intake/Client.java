// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.net.Duid;
import io.leasehold.net.HardwareAddress;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.protocol.Requester;
import java.util.List;

/**
 * Who sent a message. Nothing in it keeps the packet's octets alive.
 *
 * @param duidOrNull its DUID; null in an Information-request that does not say
 * @param identity the same as leases keep it; {@link ClientIdentity#NONE} if it does not say
 * @param hardwareOrNull its link-layer address, if it can be told
 * @param identifiers what reservations may know it by, in the order in which they are looked up
 */
public record Client(
    Duid duidOrNull,
    ClientIdentity identity,
    HardwareAddress hardwareOrNull,
    List<HostIdentifier> identifiers)
    implements Requester {}
