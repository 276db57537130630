// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.server.plan.Reservation;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.List;

/** The further facts that are kept with the leases of one request. */
final class LeaseFacts {
  private final Dhcp6Request request;
  private final ReservedLeases reserved;
  private Bytes hardwareOrNull;

  LeaseFacts(Dhcp6Request request, ReservedLeases reserved) {
    this.request = request;
    this.reserved = reserved;
  }

  /** The facts of a lease in a subnet; what is already known and unchanged is kept. */
  LeaseDetails of(Subnet subnet, LeaseDetails before) {
    LeaseDetails details = set(before, LeaseDetails.HARDWARE_ADDRESS, hardware());
    details = set(details, LeaseDetails.HOSTNAME, hostname(subnet));
    if (subnet.storeRelayIds() && !request.relays().isEmpty()) {
      Bytes relayId = relayed(Dhcp6OptionCode.RELAY_ID);
      details = set(details, LeaseDetails.RELAY_ID, relayId);
      details = set(details, LeaseDetails.REMOTE_ID, relayed(Dhcp6OptionCode.REMOTE_ID));
    }
    return details;
  }

  private static LeaseDetails set(LeaseDetails details, int tag, Bytes value) {
    if (value.isEmpty()) {
      return details;
    }
    return details.get(tag).filter(value::equals).isPresent() ? details : details.with(tag, value);
  }

  private Bytes hardware() {
    if (hardwareOrNull == null) {
      HardwareAddress address = request.client().hardwareOrNull();
      hardwareOrNull = address == null ? Bytes.EMPTY : encode(address);
    }
    return hardwareOrNull;
  }

  private static Bytes encode(HardwareAddress address) {
    int length = 2 + address.address().length();
    return new ByteWriter(length).u16(address.type()).bytes(address.address()).toBytes();
  }

  private Bytes hostname(Subnet subnet) {
    Reservation reservation = reserved.isEmpty() ? null : reserved.in(subnet);
    if (reservation != null && reservation.hostname().isPresent()) {
      return Bytes.ofUtf8(reservation.hostname().get());
    }
    String name = ClientName.of(request.message());
    return name.isEmpty() ? Bytes.EMPTY : Bytes.ofUtf8(name);
  }

  /** The option of the relay agent nearest to the client that has it. */
  private Bytes relayed(int code) {
    List<RelayMessage> relays = request.relays();
    for (int i = relays.size() - 1; i >= 0; i--) {
      Bytes value = relays.get(i).options().raw(code).orElse(Bytes.EMPTY);
      if (!value.isEmpty()) {
        return value.compact();
      }
    }
    return Bytes.EMPTY;
  }
}
