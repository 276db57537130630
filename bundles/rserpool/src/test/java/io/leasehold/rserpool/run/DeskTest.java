// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.run.FakeTransport.FakeSession;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DeskTest {
  private static final Ipv6 REGISTRAR = Ipv6.ofText("2001:db8::9");
  private static final ConnectSpec TO =
      new ConnectSpec(
          Application.ASAP,
          REGISTRAR,
          3864,
          "pools",
          PeerSelector.anyOf(PeerRole.ENRP_SERVER),
          false);

  private static final ListenSpec PLACE =
      RegistrarPlace.of(Application.ASAP, HopUri.parse("tls://*"), "pools", TO.expected());

  private final FakeTransport transport = new FakeTransport();
  private final HeardCore core = new HeardCore();
  private long now = 5;
  private int wakes;
  private final Desk desk = new Desk("registrar", () -> now, () -> wakes++);
  private final Connections connections = desk.connections();

  @BeforeEach
  void begin() {
    desk.begin(core);
    connections.use("tcp", transport);
  }

  private FakeSession accepted(SessionUser user) {
    FakeSession session = new FakeSession(Ipv6.ofText("2001:db8::1"));
    user.opened(session);
    return session;
  }

  private List<String> heard() {
    List<String> all = List.copyOf(core.heard);
    core.heard.clear();
    return all;
  }

  @Test
  void aConnectionIsHeardOfWithTheTimesAtWhichThingsHappened() {
    long session = connections.connect(TO);
    SessionUser user = transport.connectors.get(0);
    user.opened(transport.connections.get(0));
    now = 6;
    user.message(transport.connections.get(0), Bytes.of(1));
    now = 7;
    user.outdated(transport.connections.get(0));
    user.ended(transport.connections.get(0), "lost");
    now = 100;

    assertThat(core.heard).as("not from within a call").isEmpty();
    desk.turn();

    assertThat(heard())
        .containsExactly("opened 1 @5", "message 1 01 @6", "outdated 1 @7", "ended 1 lost @7");
    assertThat(core.callers.get(0).application()).isEqualTo(Application.ASAP);
    assertThat(core.callers.get(0).remote()).isEqualTo(REGISTRAR);
    assertThat(connections.send(session, Bytes.of(2))).as("over").isFalse();
  }

  @Test
  @DisplayName("P-032: all addresses of an association are the caller's, the usual one first")
  void aCallerHasAllItsAddresses() {
    transport.otherAddresses.add(Ipv6.ofText("2001:db8:1::9"));
    connections.connect(TO);
    transport.connectors.get(0).opened(transport.connections.get(0));
    desk.turn();

    assertThat(core.callers.get(0).remotes())
        .containsExactly(REGISTRAR, Ipv6.ofText("2001:db8:1::9"));
    assertThat(core.callers.get(0).transport()).isEqualTo("tcp");
  }

  @Test
  void messagesGoByTheirConnection() {
    long first = connections.connect(TO);
    long second = connections.connect(TO);
    transport.connections.get(0).isFull = true;

    assertThat(connections.send(first, Bytes.of(1))).isFalse();
    assertThat(connections.send(second, Bytes.of(2))).isTrue();
    assertThat(connections.send(77, Bytes.of(3))).isFalse();
    assertThat(transport.connections.get(1).sent).containsExactly(Bytes.of(2));
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void withoutATransportOrWithOneThatRefusesATryEnds() {
    connections.use("tcp", null);
    connections.connect(TO);
    transport.refusal = "it is closed";
    connections.use("tcp", transport);
    connections.connect(TO);

    desk.turn();

    assertThat(heard())
        .containsExactly(
            "ended 1 " + Places.noTransport("tcp") + " @5",
            "ended 2 the transport does not connect: it is closed @5");
  }

  @Test
  void ofAConnectionThatTheCoreClosedNothingMoreIsHeard() {
    SessionUser user = connections.incoming(PLACE);
    FakeSession session = accepted(user);
    user.message(session, Bytes.of(1));
    desk.turn();
    user.message(session, Bytes.of(2));
    heard();

    connections.close(1, "enough");
    user.message(session, Bytes.of(3));
    user.ended(session, "closed");
    desk.turn();

    assertThat(session.isClosed).isTrue();
    assertThat(heard()).isEmpty();
    assertThat(connections.all()).isEmpty();
  }

  @Test
  void aTryThatEndsBeforeItIsKnownIsClosed() {
    Connection connection = new Connection(1, Application.ASAP, "tcp", () -> now, each -> {});
    connection.end("the transport has changed");
    FakeSession tried = new FakeSession(REGISTRAR);
    connection.attempt(tried);

    assertThat(tried.isClosed).isTrue();
    assertThat(connection.poll().why()).isEqualTo("the transport has changed");
    assertThat(connection.hasMore()).isFalse();
  }

  @Test
  void aTryThatTheCoreGaveUpIsClosedWhenItComesAbout() {
    long session = connections.connect(TO);
    connections.close(session, "enough");

    transport.connectors.get(0).opened(transport.connections.get(0));
    desk.turn();

    assertThat(transport.connections.get(0).isClosed).isTrue();
    assertThat(heard()).isEmpty();
  }

  @Test
  @DisplayName("P-150 RFC 5355 2.1: whoever says much keeps nobody waiting who says little")
  void muchOfManyKeepsNoOtherOneWaiting() {
    List<SessionUser> users = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      SessionUser user = connections.incoming(PLACE);
      FakeSession session = accepted(user);
      for (int message = 0; message < Connection.MOST_WAITING; message++) {
        user.message(session, Bytes.of(1));
      }
      users.add(user);
    }
    desk.turn();
    FakeSession good = accepted(users.get(0));
    users.get(0).message(good, Bytes.of(2));
    heard();

    desk.turn();
    desk.turn();

    assertThat(heard()).anyMatch(each -> each.startsWith("message 151 02"));
  }

  @Test
  @DisplayName("P-150 RFC 5355 2.1: of a connection of which much waits no more is read")
  void ofAConnectionOfWhichMuchWaitsNoMoreIsRead() {
    SessionUser user = connections.incoming(PLACE);
    FakeSession many = accepted(user);
    for (int i = 0; i < Connection.MOST_WAITING; i++) {
      user.message(many, Bytes.of(1));
    }
    assertThat(many.reads).containsExactly(false);

    FakeSession large = accepted(user);
    for (int i = 0; i < 5; i++) {
      user.message(large, Bytes.wrap(new byte[60_000]));
    }
    assertThat(large.reads).containsExactly(false);

    desk.turn();
    assertThat(large.reads).containsExactly(false, true);
    desk.turn();
    assertThat(many.reads).containsExactly(false, true);
  }

  @Test
  void moreConnectionsThanThereIsRoomForAreClosedAndCounted() {
    SessionUser user = connections.incoming(PLACE);
    List<FakeSession> sessions = new ArrayList<>();
    for (int i = 0; i <= Connections.MOST_ACCEPTED; i++) {
      sessions.add(accepted(user));
    }
    FakeSession last = sessions.get(Connections.MOST_ACCEPTED);
    user.message(last, Bytes.of(1));
    user.ended(last, "closed");

    assertThat(last.isClosed).isTrue();
    assertThat(desk.counters().snapshot())
        .containsEntry("connections-refused", 1L)
        .containsEntry("connections-accepted", (long) Connections.MOST_ACCEPTED);

    user.ended(sessions.get(0), "closed");
    assertThat(accepted(user).isClosed).as("room again").isFalse();
  }

  @Test
  void whatCameBeforeATimeIsToldBeforeIt() {
    SessionUser user = connections.incoming(PLACE);
    FakeSession session = accepted(user);
    for (int i = 0; i < Desk.MOST_EVENTS; i++) {
      user.message(session, Bytes.of(1));
    }
    core.deadline = 10;
    now = 50;

    desk.turn();
    assertThat(heard()).noneMatch(each -> each.startsWith("timer"));
    desk.turn();
    assertThat(heard()).containsExactly("message 1 01 @5", "timer @50");
  }

  @Test
  void timeNeverGoesBack() {
    SessionUser user = connections.incoming(PLACE);
    FakeSession one = accepted(user);
    FakeSession two = accepted(user);
    user.message(one, Bytes.of(1));
    now = 6;
    user.message(one, Bytes.of(2));
    now = 8;
    user.message(two, Bytes.of(4));
    now = 9;

    desk.turn();

    assertThat(heard())
        .containsExactly(
            "opened 1 @5", "opened 2 @5", "message 1 01 @5", "message 2 04 @8", "message 1 02 @8");
  }

  @Test
  void aFaultEndsTheConnectionThatItIsAboutAndNoOther() {
    SessionUser user = connections.incoming(PLACE);
    FakeSession bad = accepted(user);
    FakeSession good = accepted(user);
    core.failsWith = "message 1";
    user.message(bad, Bytes.of(1));
    user.message(bad, Bytes.of(2));
    user.message(good, Bytes.of(3));

    desk.turn();

    assertThat(heard())
        .containsExactly(
            "opened 1 @5",
            "opened 2 @5",
            "message 1 01 @5",
            "ended 1 a fault of this side @5",
            "message 2 03 @5");
    assertThat(bad.isClosed).isTrue();
    assertThat(good.isClosed).isFalse();
    assertThat(desk.counters().snapshot()).containsEntry("faults", 1L);
  }

  @Test
  void aFaultOfTheTimersEndsAllConnectionsAndRests() {
    FakeSession session = accepted(connections.incoming(PLACE));
    core.failsWith = "timer";
    core.deadline = 5;
    desk.turn();
    core.deadline = 5;

    assertThat(heard())
        .containsExactly("opened 1 @5", "timer @5", "ended 1 a fault of this side @5");
    assertThat(session.isClosed).isTrue();
    assertThat(desk.deadline()).isEqualTo(5 + TimeUnit.SECONDS.toNanos(1));
    desk.turn();
    assertThat(heard()).isEmpty();
    now += TimeUnit.SECONDS.toNanos(1);
    desk.turn();
    assertThat(heard()).hasSize(1);
  }

  @Test
  void commandsAreBoundedAndAFaultOfOneIsItsOwn() {
    List<Long> done = new ArrayList<>();
    desk.offer(
        at -> {
          throw new IllegalStateException("broken");
        });
    for (int i = 1; i < Desk.MOST_COMMANDS; i++) {
      assertThat(desk.offer(done::add)).isTrue();
    }
    assertThat(desk.offer(done::add)).isFalse();

    desk.turn();

    assertThat(done).hasSize(Desk.MOST_COMMANDS - 1).containsOnly(5L);
    assertThat(desk.counters().snapshot())
        .containsEntry("commands-refused", 1L)
        .containsEntry("faults", 1L);
    assertThat(desk.isBusy()).isFalse();
    assertThat(wakes).isEqualTo(Desk.MOST_COMMANDS);
  }
}
