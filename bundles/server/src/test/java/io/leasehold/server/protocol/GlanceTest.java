// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6Message;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.server.v4.Query;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class GlanceTest {
  private static final Glance SIX = Glance.at(Family.IPV6);
  private static final Glance FOUR = Glance.at(Family.IPV4);
  private static final Bytes PORT = Bytes.of(1, 2, 3);

  private static Dhcp6Message message(int type, int elapsed) {
    return new ClientServerMessage(
        type,
        7,
        Options.builder()
            .add(Dhcp6OptionCode.CLIENT_ID, Bytes.of(0, 2, 3))
            .add(Dhcp6OptionCode.ELAPSED_TIME, Bytes.of(elapsed >> 8, elapsed & 255))
            .add(Dhcp6OptionCode.ORO, Bytes.of(0, 23))
            .build());
  }

  /** With an option before and one behind the message. */
  private static RelayMessage relayed(Dhcp6Message message, String link) {
    return RelayMessage.forward(
        0,
        Ipv6.ofText(link),
        Ipv6.ofText("fe80::1"),
        Options.builder()
            .add(Dhcp6OptionCode.INTERFACE_ID, PORT)
            .add(Dhcp6OptionCode.RELAY_MSG, message.encode())
            .add(Dhcp6OptionCode.ELAPSED_TIME, Bytes.of(9, 9))
            .build());
  }

  @Test
  void beginningsAreKnownThroughRelays() {
    Dhcp6Message message = message(Dhcp6MessageType.SOLICIT, 0);
    for (int depth = 0; depth <= RelayMessage.HOP_COUNT_LIMIT + 1; depth++) {
      assertThat(SIX.begins(message.encode())).as("%d relays", depth).isTrue();
      message = relayed(message, "2001:db8::1");
    }
    assertThat(SIX.begins(message.encode())).as("more than are read").isFalse();
  }

  @Test
  void onlyWhatBeginsBegins() {
    Set<Integer> begin = new HashSet<>();
    for (int type = 0; type < 256; type++) {
      if (SIX.begins(Bytes.of(type, 0, 0, 1))) {
        begin.add(type);
      }
    }
    assertThat(begin)
        .containsExactlyInAnyOrder(Dhcp6MessageType.SOLICIT, Dhcp6MessageType.INFORMATION_REQUEST);

    Set<Integer> begin4 = new HashSet<>();
    for (int type = 0; type < 256; type++) {
      if (FOUR.begins(Query.of(type, Query.ALICE).build().encode())) {
        begin4.add(type);
      }
    }
    assertThat(begin4)
        .containsExactlyInAnyOrder(Dhcp4MessageType.DISCOVER, Dhcp4MessageType.INFORM);
  }

  @Test
  void aTypeBehindOtherOptionsIsFound() {
    Bytes discover = Query.discover(Query.ALICE).build().encode();
    Bytes behind =
        Bytes.ofHex(discover.slice(0, 240).toHex() + "0000" + "0c0161" + "350101" + "ff");

    assertThat(FOUR.begins(behind)).isTrue();
    assertThat(FOUR.begins(behind.slice(0, 247))).as("cut off").isFalse();
    assertThat(FOUR.begins(Bytes.ofHex(discover.slice(0, 240).toHex() + "ff" + "350101")))
        .as("behind the end")
        .isFalse();
  }

  @Test
  void theTimeOfTryingIsThatOfTheClient() {
    Bytes direct = message(Dhcp6MessageType.REQUEST, 0x1234).encode();
    assertThat(direct.u16(SIX.elapsedAt(direct))).isEqualTo(0x1234);

    Bytes relayed =
        relayed(relayed(message(Dhcp6MessageType.REQUEST, 0x1234), "::"), "2001:db8::1").encode();
    assertThat(relayed.u16(SIX.elapsedAt(relayed))).isEqualTo(0x1234);

    Dhcp6Message without = new ClientServerMessage(3, 7, Options.EMPTY);
    assertThat(SIX.elapsedAt(relayed(without, "2001:db8::1").encode()))
        .as("what stands behind the message is the relay agent's")
        .isEqualTo(-1);
  }

  @Test
  void originsAreLinks() {
    Dhcp6Message solicit = message(Dhcp6MessageType.SOLICIT, 0);
    int one = SIX.origin(relayed(solicit, "2001:db8::1").encode(), 1);

    assertThat(SIX.origin(relayed(message(3, 9), "2001:db8::1").encode(), 1)).isEqualTo(one);
    assertThat(SIX.origin(relayed(solicit, "2001:db8::2").encode(), 1)).isNotEqualTo(one);
    assertThat(SIX.origin(relayed(solicit, "2001:db8::1").encode(), 2)).isNotEqualTo(one);
    assertThat(SIX.origin(relayed(relayed(solicit, "2001:db8::1"), "::").encode(), 1))
        .isNotEqualTo(SIX.origin(relayed(relayed(solicit, "2001:db8::2"), "::").encode(), 1));
    assertThat(FOUR.origin(Query.discover(1).through("10.0.0.1").build().encode(), 1))
        .isNotEqualTo(FOUR.origin(Query.discover(1).through("10.0.0.2").build().encode(), 1))
        .isEqualTo(FOUR.origin(Query.request(2).through("10.0.0.1").build().encode(), 1));
  }

  @Property
  void nothingIsThrown(@ForAll byte[] octets) {
    look(Bytes.wrap(octets));
  }

  @Property(tries = 300)
  void damagedMessagesAreSurvived(@ForAll long seed) {
    Random random = new Random(seed);
    Dhcp6Message solicit = message(Dhcp6MessageType.SOLICIT, 0);
    look(Damage.sometimes(relayed(relayed(solicit, "::"), "2001:db8::1").encode(), random));
    look(
        Damage.sometimes(Query.discover(Query.ALICE).through("10.0.0.1").build().encode(), random));
  }

  private static void look(Bytes datagram) {
    for (Family family : Family.values()) {
      Glance glance = Glance.at(family);
      assertThatCode(
              () -> {
                glance.begins(datagram);
                glance.origin(datagram, 1);
                int at = glance.elapsedAt(datagram);
                assertThat(at).isBetween(-1, Math.max(-1, datagram.length() - 2));
              })
          .doesNotThrowAnyException();
    }
  }
}
