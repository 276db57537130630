// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.Channel;
import io.leasehold.testkit.hop.RecordedSessions;
import io.leasehold.testkit.hop.TestChannels;
import io.leasehold.transport.connection.ConnectionLimits;
import io.leasehold.transport.connection.HopLog;
import io.leasehold.transport.connection.OctetBudget;
import io.leasehold.transport.connection.Protection;
import io.leasehold.transport.connection.SendQueue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an association does, by a socket of the test and at times of the test. */
final class AssociationTest {
  private static final Bytes MESSAGE = Bytes.ofHex("05010004");
  private static final int ASAP = 11;
  private static final HopLimits LIMITS =
      new HopLimits(
          8, 4, 2, Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO);

  private final TestChannels channels = new TestChannels("server", Carrier.NETWORK);
  private final RecordedSessions user = new RecordedSessions();
  private final List<String> endings = new ArrayList<>();
  private final Counters counters = new Counters();
  private final FakeWire wire = FakeWire.between("192.0.2.1", "192.0.2.2", "198.51.100.2");
  private final Deque<Runnable> later = new ArrayDeque<>();
  private long now;

  private final class ByHand implements Turns {
    @Override
    public void soon(Runnable task) {
      task.run();
    }

    @Override
    public void later(Runnable task) {
      later.add(task);
    }

    @Override
    public long nanos() {
      return now;
    }
  }

  private final Association.Owner owner =
      new Association.Owner() {
        @Override
        public void opened(Association association) {
          // The user hears it.
        }

        @Override
        public void ended(Association association, Ending why, String detail) {
          endings.add(why.counter() + ": " + detail);
        }
      };

  private Association association(boolean isOutgoing) {
    Hop hop =
        new Hop(
            Application.ASAP,
            isOutgoing,
            TestChannels.PROFILE,
            3863,
            LIMITS,
            new Protection(channels, true),
            user,
            counters,
            new HopLog("test"));
    return new Association(
        "sctp-1",
        hop,
        new SendQueue(new ConnectionLimits(4, 1 << 20, 1, 1, 1), new OctetBudget(1 << 20)),
        new ByHand(),
        owner,
        Ipv6.ofText("192.0.2.2"),
        new Timing(LIMITS, Duration.ofSeconds(2), now));
  }

  private Association accepted() throws IOException {
    Association association = association(false);
    wire.serve(association);
    return association;
  }

  private Association connected() throws IOException {
    Association association = association(true);
    association.connecting(wire);
    wire.serve(association);
    return association;
  }

  private static void comes(Association association, Bytes octets) {
    association.received(ByteBuffer.wrap(octets.toArray()), true, ASAP);
  }

  private void turn() {
    for (Runnable each = later.poll(); each != null; each = later.poll()) {
      each.run();
    }
  }

  private void pass(Association association, Duration time) {
    now += time.toNanos();
    association.tick(now);
  }

  private long count(String counter) {
    return counters.snapshot().get(counter);
  }

  @Test
  void whoConnectsMaySpeakAtOnceWhoAcceptsWhenThePeerHasSpoken() throws IOException {
    connected();
    assertThat(user.opened()).hasSize(1);
    Association accepted = accepted();
    assertThat(user.opened()).hasSize(1);
    assertThat(accepted.state()).isEqualTo(LinkStatus.State.HANDSHAKING);
    comes(accepted, MESSAGE);
    assertThat(user.opened()).hasSize(2);
    assertThat(user.messages()).containsExactly(MESSAGE);
    assertThat(user.opened().get(1).peer()).isEmpty();
    assertThat(user.opened().get(1).assurance()).isEqualTo(Assurance.NONE);
  }

  /** RFC 5352 section 2.2.1: which addresses an element may register. */
  @Test
  void allAddressesOfThePeerAreKnown() throws IOException {
    Association association = accepted();
    assertThat(association.session().remote()).isEqualTo(Ipv6.ofText("192.0.2.2"));
    assertThat(association.session().remotes())
        .containsExactly(Ipv6.ofText("192.0.2.2"), Ipv6.ofText("198.51.100.2"));
    wire.ends = FakeWire.ends(List.of("192.0.2.1"), List.of("192.0.2.2"));
    association.refresh();
    assertThat(association.session().remotes()).containsExactly(Ipv6.ofText("192.0.2.2"));
  }

  /** P-075. */
  @Test
  void whatIsSentHasThePayloadProtocolAndItsPadding() throws IOException {
    Association association = connected();
    assertThat(association.session().sendAll(List.of(MESSAGE, Bytes.ofHex("0501000541")))).isTrue();
    assertThat(wire.sent).as("on the thread of the caller").isEmpty();
    turn();
    assertThat(wire.sent).containsExactly(MESSAGE, Bytes.ofHex("0501000541000000"));
    assertThat(wire.protocols).containsExactly(ASAP, ASAP);
    assertThat(association.session().status().sent()).isEqualTo(2);
  }

  /** P-075: ENRP, data and what has no identifier at all are none of it. */
  @Test
  void messagesOfOtherProtocolsAreDropped() throws IOException {
    Association association = accepted();
    for (int protocol : new int[] {12, 0, 11 << 24}) {
      association.received(ByteBuffer.wrap(MESSAGE.toArray()), true, protocol);
    }
    assertThat(user.opened()).isEmpty();
    assertThat(count("message-foreign")).isEqualTo(3);
    assertThat(endings).isEmpty();
  }

  /** Boundaries are those of SCTP: one that is wrong in itself harms no other. */
  @Test
  void aMessageThatIsNotAsLongAsItSaysIsDropped() throws IOException {
    Association association = accepted();
    comes(association, Bytes.ofHex("0501000900000000"));
    assertThat(user.opened()).isEmpty();
    assertThat(count("message-invalid")).isEqualTo(1);
    comes(association, MESSAGE);
    assertThat(user.messages()).containsExactly(MESSAGE);
  }

  @Test
  void partsAreMadeWhole() throws IOException {
    Association association = accepted();
    association.received(ByteBuffer.wrap(new byte[] {5, 1}), false, ASAP);
    pass(association, Duration.ofSeconds(4));
    association.received(ByteBuffer.wrap(new byte[] {0, 5}), false, ASAP);
    assertThat(user.messages()).isEmpty();
    association.received(ByteBuffer.wrap(new byte[] {0x41}), true, ASAP);
    assertThat(user.messages()).containsExactly(Bytes.ofHex("0501000541"));
    pass(association, Duration.ofSeconds(30));
    assertThat(endings).isEmpty();
  }

  @Test
  void aMessageThatIsNotWholeInTimeEndsIt() throws IOException {
    Association association = accepted();
    comes(association, MESSAGE);
    association.received(ByteBuffer.wrap(new byte[] {5, 1}), false, ASAP);
    pass(association, Duration.ofSeconds(5));
    assertThat(user.ended()).containsExactly("frame-timeout: a message was not whole in time");
    assertThat(wire.isClosed).isTrue();
  }

  @Test
  void noMoreIsHeldThanAMessageCanHave() throws IOException {
    Association association = accepted();
    for (int i = 0; i < 4; i++) {
      association.received(ByteBuffer.wrap(new byte[1 << 14]), false, ASAP);
    }
    assertThat(endings).isEmpty();
    association.received(ByteBuffer.wrap(new byte[1]), false, ASAP);
    assertThat(endings).containsExactly("frame-invalid: a message is longer than any can be");
    assertThat(wire.isClosed).isTrue();
  }

  @Test
  void whoSaysNothingGoes() throws IOException {
    Association association = accepted();
    pass(association, Duration.ofSeconds(9));
    assertThat(endings).isEmpty();
    pass(association, Duration.ofSeconds(1));
    assertThat(endings).containsExactly("handshake-timeout: the peer said nothing in time");
    assertThat(user.ended()).as("it was never opened").isEmpty();
    assertThat(wire.isClosed).isTrue();
  }

  @Test
  void aTryThatIsNotAnsweredEnds() {
    Association association = association(true);
    association.connecting(wire);
    pass(association, Duration.ofSeconds(2));
    assertThat(user.ended()).containsExactly("connect-failed: cannot connect: no answer in time");
    assertThat(wire.isClosed).isTrue();
  }

  @Test
  void aTryThatIsGivenUpIsHeardOfOnce() {
    Association association = association(true);
    association.session().close();
    association.connecting(wire);
    assertThat(wire.isClosed).isTrue();
    assertThat(user.ended()).containsExactly("closed: this side ended it");
  }

  @Test
  void whatWasSentBeforeItIsClosedGoes() throws IOException {
    Association association = connected();
    wire.room = 1;
    association.session().sendAll(List.of(MESSAGE, MESSAGE));
    association.session().close();
    turn();
    assertThat(wire.isShutDown).isFalse();
    assertThat(wire.writing).isTrue();
    wire.room = 9;
    association.sendQueued();
    assertThat(wire.sent).hasSize(2);
    assertThat(wire.isShutDown).isTrue();
    assertThat(wire.isClosed).isFalse();
    comes(association, MESSAGE);
    assertThat(user.messages()).as("nothing is heard any more").isEmpty();
    pass(association, Timing.LINGER);
    assertThat(association.isClosed()).isTrue();
    assertThat(user.ended()).containsExactly("closed: this side ended it");
  }

  @Test
  void whoTakesNothingEndsItsSession() throws IOException {
    Association association = connected();
    wire.room = 0;
    for (int i = 0; i < 4; i++) {
      assertThat(association.session().send(MESSAGE)).isTrue();
    }
    assertThat(association.session().send(MESSAGE)).isFalse();
    assertThat(user.ended()).containsExactly("queue-full: the peer takes too little");
    assertThat(association.session().send(MESSAGE)).isFalse();
    assertThat(count("send-no-connection")).isEqualTo(1);
  }

  @Test
  void whoTakesNothingForLongEndsItsSession() throws IOException {
    Association association = connected();
    wire.room = 0;
    association.session().send(MESSAGE);
    turn();
    pass(association, Timing.STALL.minusSeconds(1));
    assertThat(endings).isEmpty();
    pass(association, Duration.ofSeconds(1));
    assertThat(user.ended()).containsExactly("stalled: the peer takes nothing");
  }

  /** Back-pressure: what it asks is not taken while it does not take what it asked for. */
  @Test
  void whoDoesNotTakeItsAnswersIsNotHeard() throws IOException {
    Association association = accepted();
    comes(association, MESSAGE);
    assertThat(wire.reading).isTrue();
    wire.room = 0;
    association.session().send(MESSAGE);
    turn();
    assertThat(wire.reading).isFalse();
    wire.room = 1;
    association.sendQueued();
    assertThat(wire.reading).isTrue();
  }

  @Test
  void whatIsNotWantedIsNotReadAndNotLate() throws IOException {
    Association association = connected();
    association.received(ByteBuffer.wrap(new byte[] {5, 1}), false, ASAP);
    association.session().read(false);
    assertThat(wire.reading).isFalse();
    assertThat(association.isReading()).isFalse();
    pass(association, Duration.ofHours(1));
    assertThat(endings).isEmpty();
    association.session().read(true);
    assertThat(wire.reading).isTrue();
    pass(association, Duration.ofSeconds(4));
    assertThat(endings).isEmpty();
  }

  @Test
  void aPeerThatEndsOrIsLostIsHeardOf() throws IOException {
    connected().finished();
    connected().lost("Connection reset by peer");
    assertThat(user.ended())
        .containsExactly(
            "closed-by-peer: the peer ended the association",
            "connection-lost: the association broke: Connection reset by peer");
  }

  /** Nothing but the double acknowledgement lets messages pass in clear. */
  @Test
  void nothingIsSaidWhereTheChannelDoesNotAdmitIt() throws IOException {
    channels.admitting(false);
    connected();
    assertThat(user.opened()).isEmpty();
    assertThat(wire.isClosed).isTrue();
    assertThat(user.ended()).hasSize(1).first().asString().startsWith("channel-down: ");
  }

  @Test
  void aPathThatComesLaterMustBeAdmittedToo() throws IOException {
    Association association = connected();
    channels.admitting(false);
    association.refresh();
    assertThat(user.ended()).hasSize(1).first().asString().contains("not admitted by the test");
  }

  @Test
  void whatIsNotAdmittedAnyMoreEndsAndTheRestIsOutdated() throws IOException {
    Association association = connected();
    association.changed(Channel.Change.HEALTH, channels, Duration.ofMinutes(1));
    assertThat(user.outdated()).isEmpty();
    association.changed(Channel.Change.RENEWED, channels, Duration.ofMinutes(1));
    assertThat(user.outdated()).hasSize(1);
    assertThat(association.state()).isEqualTo(LinkStatus.State.DRAINING);
    assertThat(association.session().send(MESSAGE)).isTrue();
    pass(association, Duration.ofMinutes(1));
    assertThat(user.ended()).containsExactly("drained: " + Timing.CHANGED);

    Association other = connected();
    channels.admitting(false);
    other.changed(Channel.Change.RENEWED, channels, Duration.ofMinutes(1));
    assertThat(user.ended().get(1)).startsWith("channel-down: ");
    channels.admitting(true);
    Association third = connected();
    channels.gone("the bundle went");
    third.changed(Channel.Change.GONE, channels, Duration.ofMinutes(1));
    assertThat(user.ended().get(2)).isEqualTo("channel-down: channel test: the bundle went");
  }

  @Test
  void aUserWithAFaultHarmsItsOwnMessageOnly() throws IOException {
    Association association = connected();
    association
        .hop()
        .tell(
            association.session(),
            each -> {
              throw new IllegalStateException("a fault");
            });
    assertThat(count("receiver-threw")).isEqualTo(1);
    comes(association, MESSAGE);
    assertThat(user.messages()).containsExactly(MESSAGE);
  }
}
