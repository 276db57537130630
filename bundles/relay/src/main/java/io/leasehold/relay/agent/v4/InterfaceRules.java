// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What holds for messages of one interface, or of the connections of relay agents below.
 *
 * @param name of the interface; empty for connections
 * @param clients whether clients may be there
 * @param trusted whether what says the relay agent's option, or is relayed already, is believed
 * @param relayAddress what servers are told to answer to; empty for an address of the interface
 * @param said the sub-options that never change
 * @param override whether clients are told that the relay agent is the server (RFC 5107)
 * @param otherPort whether the port towards servers is not the usual one (RFC 8357)
 * @param present what happens to an option that is there already
 */
record InterfaceRules(
    String name,
    boolean clients,
    boolean trusted,
    Optional<Ipv4> relayAddress,
    Options said,
    boolean override,
    boolean otherPort,
    PresentPolicy present) {

  /**
   * What we say of a client in our option, in the order of the codes.
   *
   * @param server what the client is told to be the server's address, if that is us
   * @param unicast whether the client sent its message to us alone
   * @return nothing if nothing is configured (RFC 3046 section 2.1)
   */
  Options subOptions(Optional<Ipv4> server, boolean unicast) {
    if (said.isEmpty() && !override && !otherPort) {
      return Options.EMPTY;
    }
    List<Option> all = new ArrayList<>();
    said.forEach(all::add);
    // RFC 5010 section 4: in every option that is added.
    all.add(
        new Option(
            RelayAgentOptions.FLAGS.code(), Bytes.of(unicast ? RelayAgentOptions.UNICAST : 0)));
    if (override && server.isPresent()) {
      all.add(new Option(RelayAgentOptions.SERVER_ID_OVERRIDE.code(), server.get().bytes()));
    }
    if (otherPort) {
      all.addAll(port());
    }
    all.sort(Comparator.comparingInt(Option::code));
    return Options.of(all.toArray(Option[]::new));
  }

  /** RFC 8357 section 5.1: what every option must have if the port is another one. */
  List<Option> port() {
    return otherPort
        ? List.of(new Option(RelayAgentOptions.RELAY_PORT.code(), Bytes.EMPTY))
        : List.of();
  }

  /** The virtual network of the clients, as the sub-option has it (RFC 6607). */
  Optional<Bytes> virtualNetwork() {
    return said.raw(RelayAgentOptions.VSS.code());
  }
}
