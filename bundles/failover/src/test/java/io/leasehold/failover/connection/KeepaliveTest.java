// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.codec.failover.UnknownFrame;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8156 section 6.6, on a whole connection. */
final class KeepaliveTest {
  private static Side up(long partnerKeepaliveSeconds, String... lines) {
    Side secondary = Side.secondary(lines);
    secondary.connects(
        1,
        secondary.connect(
            new ConnectTerms(
                ProtocolVersion.CURRENT,
                3600,
                partnerKeepaliveSeconds,
                64,
                new ConnectFlags(true))));
    secondary.says(1, Dhcp6MessageType.STATE, 90, Side.normal());
    return secondary;
  }

  private static long contacts(Side side) {
    return side.words(1).stream().filter("contact"::equals).count();
  }

  @ParameterizedTest
  @CsvSource({"60, 4, 15000", "4, 4, 1000", "3, 2, 1000", "1, 4, 250", "4294967295, 4, 21600000"})
  void contactIsSentAfterAPartOfThePartnersTime(long partner, int contacts, long millis) {
    Side side = up(partner, "keepalive.seconds = 3600", "contacts.per.keepalive = " + contacts);
    // The partner speaks, so that only the one timer matters.
    long left = millis - 1;
    while (left > 0) {
      long step = Math.min(left, 3_000_000);
      side.pass(step / 1000.0);
      side.says(1, Dhcp6MessageType.CONTACT, 5, Options.EMPTY);
      left -= step;
    }
    assertThat(contacts(side)).isZero();
    side.pass(0.001);
    assertThat(contacts(side)).isEqualTo(1);
  }

  @Test
  void whateverIsSentPutsContactOff() {
    Side side = up(4, "keepalive.seconds = 3600");
    for (int i = 0; i < 50; i++) {
      side.pass(0.9);
      side.session.send(Dhcp6MessageType.BNDUPD, Options.EMPTY, side.now());
      side.pass(0.9);
      side.session.answer(Dhcp6MessageType.BNDREPLY, 5, Options.EMPTY, side.now());
    }
    side.drain();
    assertThat(contacts(side)).isZero();
    side.pass(1);
    assertThat(contacts(side)).isEqualTo(1);
  }

  @Test
  void silenceForOurOwnTimeEndsTheConnection() {
    Side side = up(3600, "keepalive.seconds = 8");
    side.pass(7.999);
    assertThat(side.isClosed(1)).isFalse();
    side.pass(0.001);
    assertThat(side.isClosed(1)).isTrue();
    assertThat(side.told).endsWith("down");
    assertThat(side.slot.session()).isEmpty();
  }

  @Test
  void whateverArrivesPutsTheEndOff() {
    Side side = up(60, "keepalive.seconds = 8");
    for (int i = 0; i < 10; i++) {
      side.pass(7.5);
      side.says(1, Dhcp6MessageType.BNDUPD, i, Options.EMPTY);
      side.pass(7.5);
      side.says(1, new UnknownFrame(Bytes.ofHex("c8")));
    }
    assertThat(side.isClosed(1)).isFalse();
    side.pass(8);
    assertThat(side.isClosed(1)).isTrue();
  }

  @Test
  void timeCountsFromTheArrivalAndNotFromTheHandling() {
    Side side = up(60, "keepalive.seconds = 8");
    side.jump(4000);
    var arrived = side.now();
    side.jump(3000);
    side.slot.onFrame(1, side.message(Dhcp6MessageType.CONTACT, 5, Options.EMPTY), arrived);
    side.pass(4.999);
    assertThat(side.isClosed(1)).isFalse();
    side.pass(0.001);
    assertThat(side.isClosed(1)).isTrue();
  }

  @Test
  void contactIsNotAnswered() {
    Side side = up(60);
    int before = side.effects.size();
    for (int i = 0; i < 10; i++) {
      side.says(1, Dhcp6MessageType.CONTACT, i, Options.EMPTY);
    }
    assertThat(side.effects).hasSize(before);
    assertThat(side.told).endsWith("state NORMAL");
  }

  @Test
  void nothingIsSentAfterTheEnd() {
    Side side = up(60);
    Session ended = side.session;
    side.slot.drop("a test", side.now());
    side.drain();
    int before = side.effects.size();
    ended.send(Dhcp6MessageType.STATE, Options.EMPTY, side.now());
    ended.answer(Dhcp6MessageType.UPDDONE, 4, Options.EMPTY, side.now());
    side.pass(600);
    side.says(1, Dhcp6MessageType.UPDREQ, 4, Options.EMPTY);
    side.slot.onMalformed(1, "late", side.now());
    side.slot.onEnded(1, "late", side.now());
    side.drain();
    assertThat(side.effects).hasSize(before);
    assertThat(ended.isOpen()).isFalse();
    assertThat(side.told).endsWith("down");
  }
}
