// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.v4;

import io.leasehold.codec.v4.RelayAgentOptions;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which address servers know an interface by: the configured one, or the first one the interface
 * had, for as long as it has it (RFC 1542 section 4.1.1). Any thread.
 */
final class RelayAddresses {
  private final Map<String, InterfaceRules> rules;
  private final Map<String, Ipv4> chosen = new ConcurrentHashMap<>();

  RelayAddresses(Map<String, InterfaceRules> rules) {
    this.rules = rules;
    rules.forEach((name, each) -> each.relayAddress().ifPresent(own -> chosen.put(name, own)));
  }

  /** Takes over what is known of interfaces that are still there and have none configured. */
  void learnFrom(RelayAddresses before) {
    before.chosen.forEach(
        (name, address) -> {
          if (rules.containsKey(name)) {
            chosen.putIfAbsent(name, address);
          }
        });
  }

  /** The address of an interface, which has these ones now; empty if none will do. */
  Optional<Ipv4> choose(InterfaceRules own, List<Ipv6> present) {
    if (own.relayAddress().isPresent()) {
      return own.relayAddress();
    }
    Ipv4 before = chosen.get(own.name());
    if (before != null && present.contains(Ipv6.mapped(before))) {
      return Optional.of(before);
    }
    Optional<Ipv4> first =
        present.stream()
            .filter(Ipv6::isMapped)
            .map(Ipv6::toIpv4)
            .filter(each -> Dhcp4Settings.isHost(each) && !each.isLinkLocal())
            .findFirst();
    if (first.isPresent()) {
      chosen.put(own.name(), first.get());
    } else {
      chosen.remove(own.name());
    }
    return first;
  }

  /** The address of an interface, if it is known. */
  Optional<Ipv4> of(String interfaceName) {
    return Optional.ofNullable(chosen.get(interfaceName));
  }

  /** Whether an address is one of ours. */
  boolean isOurs(Ipv4 address) {
    return chosen.containsValue(address);
  }

  /**
   * Where the client of an answer is.
   *
   * @param circuit what the answer says of the circuit; empty if nothing
   */
  Optional<InterfaceRules> interfaceOf(Ipv4 relayAddress, Bytes circuit) {
    List<InterfaceRules> possible = new ArrayList<>();
    chosen.forEach(
        (name, address) -> {
          if (address.equals(relayAddress)) {
            possible.add(rules.get(name));
          }
        });
    if (possible.size() == 1) {
      return Optional.of(possible.get(0));
    }
    List<InterfaceRules> told =
        possible.stream()
            .filter(
                each -> each.said().rawOrEmpty(RelayAgentOptions.CIRCUIT_ID.code()).equals(circuit))
            .toList();
    return told.size() == 1 ? Optional.of(told.get(0)) : Optional.empty();
  }
}
