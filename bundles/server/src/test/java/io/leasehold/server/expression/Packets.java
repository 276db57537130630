// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import io.leasehold.codec.option.OptionCatalogue;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v4.intake.PacketFacts4;
import io.leasehold.server.v6.intake.PacketFacts6;
import java.util.ArrayList;
import java.util.List;

/** Packets that expressions are tried on, and what expressions may name. */
final class Packets {
  static final OptionCatalogue OPTIONS = StandardOptions.CATALOGUE;

  private Packets() {}

  /** A packet and to which classes it belongs. */
  static PacketFacts facts(Family family, Bytes packet, Membership membership) {
    if (family == Family.IPV4) {
      Arrival arrival = new Arrival("xs0", Ipv6.ofText("192.0.2.1"), Ipv6.ofText("192.0.2.2"), 67);
      return new PacketFacts4(Dhcp4Message.decode(packet), arrival, membership);
    }
    RelayChain chain = RelayChain.decode(packet);
    Arrival arrival = new Arrival("xs0", Ipv6.ofText("ff02::1:2"), Ipv6.ofText("fe80::2"), 547);
    return new PacketFacts6(chain.message(), chain.relays(), arrival, packet.length(), membership);
  }

  /** All options of the registry, and these classes, numbered in their order. */
  static ExpressionContext context(Family family, String... classes) {
    return new ExpressionContext(
        family, OptionNames.of(OPTIONS), name -> List.of(classes).indexOf(name));
  }

  /** A membership in some classes by number that counts what cannot be evaluated. */
  static final class Classes implements Membership {
    final List<Integer> numbers = new ArrayList<>();
    int failures;

    Classes(Integer... numbers) {
      this.numbers.addAll(List.of(numbers));
    }

    @Override
    public boolean isMember(int classNumber) {
      return numbers.contains(classNumber);
    }

    @Override
    public void failed() {
      failures++;
    }
  }
}
