// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.codec.ByteWriter;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;

/** The further facts that are kept with the leases of one request. */
final class LeaseFacts {
  private final ClientFacts client;
  private final ReservedLeases reserved;
  private Bytes hardwareOrNull;

  LeaseFacts(ClientFacts client, ReservedLeases reserved) {
    this.client = client;
    this.reserved = reserved;
  }

  /** The facts of a lease in a subnet; what is already known and unchanged is kept. */
  LeaseDetails of(Subnet subnet, LeaseDetails before) {
    LeaseDetails details = set(before, LeaseDetails.HARDWARE_ADDRESS, hardware());
    details = set(details, LeaseDetails.HOSTNAME, hostname(subnet));
    if (subnet.storeRelayIds()) {
      details = set(details, LeaseDetails.RELAY_ID, client.relayId());
      details = set(details, LeaseDetails.REMOTE_ID, client.remoteId());
    }
    return details;
  }

  private static LeaseDetails set(LeaseDetails details, int tag, Bytes value) {
    if (value.isEmpty()) {
      return details;
    }
    return value.equals(details.get(tag).orElse(Bytes.EMPTY)) ? details : details.with(tag, value);
  }

  private Bytes hardware() {
    if (hardwareOrNull == null) {
      HardwareAddress address = client.hardwareOrNull();
      hardwareOrNull = address == null ? Bytes.EMPTY : encode(address);
    }
    return hardwareOrNull;
  }

  private static Bytes encode(HardwareAddress address) {
    int length = 2 + address.address().length();
    return new ByteWriter(length).u16(address.type()).bytes(address.address()).toBytes();
  }

  private Bytes hostname(Subnet subnet) {
    Reservation reservation = reserved.in(subnet);
    if (reservation != null && reservation.hostname().isPresent()) {
      return Bytes.ofUtf8(reservation.hostname().get());
    }
    String name = client.name();
    return name.isEmpty() ? Bytes.EMPTY : Bytes.ofUtf8(name);
  }
}
