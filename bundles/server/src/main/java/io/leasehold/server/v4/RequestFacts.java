// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.net.Bytes;
import io.leasehold.server.answer.ClientFacts;
import io.leasehold.server.v4.intake.Dhcp4Request;

/** The facts of a client that are in its request. */
record RequestFacts(Dhcp4Request request) implements ClientFacts {
  @Override
  public String name() {
    return ClientName.of(request.message());
  }

  @Override
  public Bytes relayId() {
    return relayed(RelayAgentOptions.RELAY_ID);
  }

  @Override
  public Bytes remoteId() {
    return relayed(RelayAgentOptions.REMOTE_ID);
  }

  private Bytes relayed(OptionType<?> type) {
    return request.relay().raw(type.code()).orElse(Bytes.EMPTY).compact();
  }
}
