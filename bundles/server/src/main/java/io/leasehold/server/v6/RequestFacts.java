// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.server.answer.ClientFacts;
import io.leasehold.server.v6.intake.Dhcp6Request;
import java.util.List;

/** The facts of a client that are in its request. */
record RequestFacts(Dhcp6Request request) implements ClientFacts {
  @Override
  public String name() {
    return ClientName.of(request.message());
  }

  @Override
  public Bytes relayId() {
    return relayed(Dhcp6OptionCode.RELAY_ID);
  }

  @Override
  public Bytes remoteId() {
    return relayed(Dhcp6OptionCode.REMOTE_ID);
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
