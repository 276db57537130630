// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.failover.Dhcp4Client;
import io.leasehold.codec.failover.Dhcp4Client.Kind;
import io.leasehold.lease.ClientIdentity;
import java.util.Optional;

/** Clients of DHCPv4 as leases have them, and as partners name them. */
final class Dhcp4Names {
  private Dhcp4Names() {}

  /** Whether an update can name the client; nobody is named by no name. */
  static boolean canName(ClientIdentity client) {
    return client.equals(ClientIdentity.NONE) || of(client).isPresent();
  }

  /** What an update names as the client; nothing if that is nobody. */
  static Optional<Dhcp4Client> of(ClientIdentity client) {
    return switch (client.type()) {
      case CLIENT_ID -> Optional.of(new Dhcp4Client(Kind.CLIENT_ID, client.value()));
      case HARDWARE -> Optional.of(new Dhcp4Client(Kind.HARDWARE, client.value()));
      case NONE, DUID -> Optional.empty();
    };
  }

  /** Whom an update names. */
  static ClientIdentity clientOf(Dhcp4Client client) {
    ClientIdentity.Type type =
        switch (client.kind()) {
          case CLIENT_ID -> ClientIdentity.Type.CLIENT_ID;
          case HARDWARE -> ClientIdentity.Type.HARDWARE;
        };
    return new ClientIdentity(type, client.name());
  }
}
