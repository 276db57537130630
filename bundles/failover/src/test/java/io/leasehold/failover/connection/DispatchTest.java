// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptions;
import io.leasehold.codec.failover.UnknownFrame;
import io.leasehold.codec.failover.UpgradeFrame;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.effect.Moment;
import io.leasehold.net.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes on a connection that is set up. */
final class DispatchTest {
  private static void assertEnded(Side side, int code) {
    assertThat(side.last(1).type()).isEqualTo(Dhcp6MessageType.DISCONNECT);
    assertThat(side.refusal(1)).isEqualTo(code);
    assertThat(side.isClosed(1)).isTrue();
    assertThat(side.told).endsWith("down");
    assertThat(side.warnings()).isNotEmpty();
  }

  @Test
  void everyMessageGoesWhereItBelongs() {
    Side primary = Side.primary().up();
    primary.told.clear();
    for (int type = Dhcp6MessageType.BNDUPD; type <= Dhcp6MessageType.UPDDONE; type++) {
      primary.says(1, type, type, Options.EMPTY);
    }
    primary.says(1, Dhcp6MessageType.STATE, 9, Side.normal());
    assertThat(primary.told)
        .containsExactly(
            "bndupd 24",
            "bndreply 25",
            "poolreq 26",
            "updreq 28",
            "updreqall 29",
            "upddone 30",
            "state NORMAL");

    Side secondary = Side.secondary().up();
    secondary.told.clear();
    secondary.says(1, Dhcp6MessageType.POOLREQ, 1, Options.EMPTY);
    secondary.says(1, Dhcp6MessageType.POOLRESP, 2, Options.EMPTY);
    assertThat(secondary.told).containsExactly("poolresp 2");
    assertThat(secondary.slot.counters()).containsEntry("misdirected-skipped", 1L);
  }

  @Test
  void unknownMessagesAreSkipped() {
    Side side = Side.secondary().up();
    side.says(1, new UnknownFrame(Bytes.ofHex("c8000001")));
    side.says(1, Dhcp6MessageType.UPDREQ, 3, Options.EMPTY);
    assertThat(side.told).endsWith("updreq 3");
    assertThat(side.slot.counters()).containsEntry("unknown-skipped", 1L);
  }

  @Test
  void aLargeContactIsTaken() {
    Side side = Side.secondary().up();
    Options large = Options.of(new Option(65000, Bytes.ofHex("00".repeat(60_000))));
    side.says(1, Dhcp6MessageType.CONTACT, 3, large);
    assertThat(side.isClosed(1)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {-600, -6, 6, 600})
  void skewEndsTheConnectionWhateverSaysIt(long seconds) {
    Side side = Side.secondary().up();
    FailoverMessage contact = side.message(Dhcp6MessageType.CONTACT, 3, Options.EMPTY);
    side.says(1, contact.sentAt(contact.sentTime().plus(seconds)));
    assertEnded(side, Dhcp6StatusCode.EXCESSIVE_TIME_SKEW);
    assertThat(side.slot.partner().skewSeconds()).isEqualTo(seconds);
  }

  @Test
  void aMessageOfAnotherTimeIsNotActedUpon() {
    Side side = Side.secondary().up();
    FailoverMessage request = side.message(Dhcp6MessageType.UPDREQALL, 3, Options.EMPTY);
    side.says(1, request.sentAt(request.sentTime().plus(-6)));
    assertThat(side.told).doesNotContain("updreqall 3").endsWith("down");
  }

  @Test
  void skewIsThatOfTheArrivalHoweverLongTheMessageWaited() {
    Side side = Side.secondary().up();
    FailoverMessage request = side.message(Dhcp6MessageType.UPDREQ, 3, Options.EMPTY);
    Moment arrived = side.now();
    side.jump(20_000);
    side.slot.onFrame(1, request, arrived);
    side.drain();
    assertThat(side.told).endsWith("updreq 3");
    assertThat(side.slot.partner().lastHeard()).hasValue(Side.START);
  }

  @Test
  void malformedMessagesEndTheConnection() {
    Side side = Side.secondary().up();
    side.slot.onMalformed(1, "option 122 at 9", side.now());
    side.drain();
    assertEnded(side, Dhcp6StatusCode.UNSPEC_FAIL);
    assertThat(side.warnings().get(0)).contains("option 122 at 9");
  }

  @ParameterizedTest
  @ValueSource(ints = {Dhcp6MessageType.CONNECT, Dhcp6MessageType.CONNECTREPLY})
  void connectIsSaidOnce(int type) {
    Side side = Side.primary().up();
    side.says(1, type, 3, Side.TERMS.toOptions(Optional.of("pair1")));
    assertEnded(side, Dhcp6StatusCode.UNSPEC_FAIL);
  }

  @Test
  void startTlsIsTooLate() {
    Side side = Side.secondary().up();
    side.says(
        1, new UpgradeFrame(new ClientServerMessage(Dhcp6MessageType.STARTTLS, 1, Options.EMPTY)));
    assertEnded(side, Dhcp6StatusCode.UNSPEC_FAIL);
  }

  @Test
  void nothingIsDoneBeforeTheFirstState() {
    Side side = Side.secondary();
    side.connects(1);
    side.says(1, Dhcp6MessageType.UPDREQALL, 3, Options.EMPTY);
    side.says(1, Dhcp6MessageType.CONTACT, 4, Options.EMPTY);
    assertThat(side.told).endsWith("up");
    assertThat(side.slot.counters()).containsEntry("before-state-skipped", 1L);
    side.says(1, Dhcp6MessageType.STATE, 5, Side.normal());
    side.says(1, Dhcp6MessageType.UPDREQALL, 6, Options.EMPTY);
    assertThat(side.told).endsWith("state NORMAL", "updreqall 6");
  }

  @Test
  void stateWithoutAMeaningIsIgnored() {
    Side side = Side.secondary().up();
    side.told.clear();
    for (int state : new int[] {0, 1, 11, 255}) {
      Options odd = Side.normal().toBuilder().set(FailoverOptions.SERVER_STATE, state).build();
      side.says(1, Dhcp6MessageType.STATE, state, odd);
    }
    side.says(1, Dhcp6MessageType.STATE, 5, Options.EMPTY);
    assertThat(side.told).isEmpty();
    assertThat(side.isClosed(1)).isFalse();
    assertThat(side.slot.counters()).containsEntry("states-ignored", 5L);
  }

  @Test
  void authenticationHasNoMeaning() {
    Side side = Side.secondary();
    FailoverMessage connect = side.connect(Side.TERMS);
    Options more =
        connect.options().toBuilder().add(new Option(11, Bytes.ofHex("0102030405"))).build();
    side.connects(1, side.message(Dhcp6MessageType.CONNECT, 2, more));
    assertThat(side.told).endsWith("up");
    assertThat(side.sent(1)).noneMatch(each -> each.options().has(11));
  }

  @Test
  void disconnectIsToldWithItsStatus() {
    Side side = Side.secondary().up();
    side.says(1, Dhcp6MessageType.DISCONNECT, 3, Side.status(Dhcp6StatusCode.SERVER_SHUTTING_DOWN));
    assertThat(side.told).endsWith("disconnect 20", "down");
    assertThat(side.isClosed(1)).isTrue();
    assertThat(side.last(1).type()).isEqualTo(Dhcp6MessageType.STATE);
  }

  @Test
  void disconnectSaysWhyAndEnds() {
    Side side = Side.secondary().up();
    side.slot.disconnect(new StatusCode(Dhcp6StatusCode.UNSPEC_FAIL, "an operator"), side.now());
    side.drain();
    assertThat(side.last(1).type()).isEqualTo(Dhcp6MessageType.DISCONNECT);
    assertThat(side.refusal(1)).isEqualTo(Dhcp6StatusCode.UNSPEC_FAIL);
    assertThat(side.isClosed(1)).isTrue();
    assertThat(side.told).endsWith("down");
  }

  @Test
  void aClockThatIsSetBackEndsTheConnection() {
    Side primary = Side.primary().up();
    primary.wallMillis -= 5_000;
    primary.slot.onTimer(primary.now());
    primary.drain();
    assertThat(primary.isClosed(1)).isFalse();
    primary.wallMillis -= 6_000;
    primary.slot.onTimer(primary.now());
    primary.pass(5);
    assertThat(primary.isClosed(1)).isTrue();
    assertThat(primary.told).contains("down");
    assertThat(primary.warnings()).anyMatch(each -> each.contains("went back by"));
    assertThat(primary.opens()).isEqualTo(2);
  }

  @Test
  void aMessageFromBeforeTheClockWasSetIsNoStep() {
    Side side = Side.secondary().up();
    Moment arrived = side.now();
    side.jump(20_000);
    side.slot.onTimer(side.now());
    side.slot.onFrame(
        1,
        new FailoverMessage(
            Dhcp6MessageType.CONTACT,
            3,
            AbsoluteTime.ofUnixSeconds(arrived.wallSeconds()),
            Options.EMPTY),
        arrived);
    side.slot.onTimer(side.now());
    side.drain();
    assertThat(side.isClosed(1)).isFalse();
  }

  @Test
  void otherMessagesGoWhileAllUpdatesAreUnanswered() {
    Side side = Side.secondary().up();
    for (int i = 0; i < 64; i++) {
      side.session.send(Dhcp6MessageType.BNDUPD, Options.EMPTY, side.now());
    }
    side.session.send(Dhcp6MessageType.STATE, Side.normal(), side.now());
    side.drain();
    side.pass(15);
    assertThat(side.words(1)).endsWith("bndupd", "state", "contact");
  }
}
