// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.hop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.Framing;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.security.Carrier;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every {@link SessionTransport} does for each application whose users tell connections apart:
 * failover, and pools with their other framing.
 */
public abstract class SessionTransportContract extends Hosts<SessionTransport> {
  private final RecordedSessions accepting = new RecordedSessions();
  private final RecordedSessions connecting = new RecordedSessions();

  /** Whether an application is carried at all; those that are not are refused. */
  protected boolean carries(Application application) {
    return true;
  }

  private boolean isInClear() {
    return carrier() == Carrier.NETWORK;
  }

  private ListenSpec place(Application application) {
    return new ListenSpec(
        application,
        List.of("127.0.0.1"),
        port(),
        TestChannels.PROFILE,
        PeerSelector.anyOf(PeerRole.RELAY),
        HopLimits.USUAL,
        isInClear());
  }

  private HopSession pair(Application application) {
    boolean startTls = application.hasStartTls();
    Binding binding = server().accept(place(application), startTls, accepting);
    open.push(binding);
    Await.until(
        PATIENCE,
        () ->
            binding.endpoints().stream()
                .allMatch(each -> each.state() == EndpointStatus.State.LISTENING));
    HopSession ours =
        relay()
            .connect(
                new ConnectSpec(
                    application,
                    LOOPBACK,
                    port(),
                    TestChannels.PROFILE,
                    PeerSelector.only("server", PeerRole.SERVER),
                    startTls,
                    isInClear()),
                connecting);
    connecting.awaitOpened(1);
    return ours;
  }

  private static Bytes message(Application application, int length) {
    byte[] octets = new byte[length];
    for (int i = 0; i < length; i++) {
      octets[i] = (byte) (i * 7 + length);
    }
    if (application.framing() == Framing.LENGTH_WITHIN) {
      octets[2] = (byte) (length >> 8);
      octets[3] = (byte) length;
    }
    return Bytes.wrap(octets);
  }

  @ParameterizedTest
  @EnumSource(
      value = Application.class,
      names = {"FAILOVER", "ASAP", "ENRP"})
  final void messagesOfEveryLengthStayWholeAndInOrder(Application application) {
    if (!carries(application)) {
      assertThatThrownBy(() -> pair(application))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(application.protocolName());
      return;
    }
    HopSession ours = pair(application);
    List<Bytes> sent = new ArrayList<>();
    for (int length = 4; length < 70; length++) {
      sent.add(message(application, length));
    }
    sent.add(message(application, 65_535));
    sent.add(message(application, 5));

    assertThat(ours.sendAll(sent)).isTrue();
    HopSession theirs = accepting.awaitOpened(1);
    sent.forEach(each -> assertThat(theirs.send(each)).isTrue());

    accepting.awaitMessages(sent.size());
    connecting.awaitMessages(sent.size());
    assertThat(accepting.messages()).isEqualTo(sent);
    assertThat(connecting.messages()).isEqualTo(sent);
    assertThat(theirs.remotes()).contains(theirs.remote()).contains(LOOPBACK);
    if (isInClear()) {
      assertThat(theirs.peer()).isEmpty();
      assertThat(theirs.assurance()).isEqualTo(Assurance.NONE);
    } else {
      assertThat(theirs.peer().orElseThrow().peerId()).isEqualTo("relay");
    }
    ours.close();
    accepting.awaitEnded(1);
    connecting.awaitEnded(1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Application.class,
      names = {"ASAP", "ENRP"})
  final void paddingIsNoPartOfAMessage(Application application) {
    HopSession ours = pair(application);

    assertThat(ours.send(Bytes.ofHex("0501000541000000"))).as("padded by the user").isTrue();
    assertThat(ours.send(Bytes.ofHex("0501000542"))).as("to be padded").isTrue();
    assertThat(ours.send(Bytes.ofHex("0501000943"))).as("shorter than it says").isFalse();
    assertThat(ours.send(Bytes.ofHex("05010004"))).isTrue();

    accepting.awaitMessages(3);
    assertThat(accepting.messages())
        .containsExactly(
            Bytes.ofHex("0501000541"), Bytes.ofHex("0501000542"), Bytes.ofHex("05010004"));
  }

  @Test
  final void tlsCannotBeAskedForWhereNoMessageDoes() {
    assertThatThrownBy(() -> server().accept(place(Application.ASAP), true, accepting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("asap/1");
  }
}
