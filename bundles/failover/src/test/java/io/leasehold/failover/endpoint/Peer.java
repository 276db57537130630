// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.ConnectFlags;
import io.leasehold.codec.failover.ConnectTerms;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ProtocolVersion;
import io.leasehold.codec.failover.ServerFlags;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.failover.StateReport;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.connection.ConnectionSlot;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.lease.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A server of a test whose partner says what the test wants. */
final class Peer implements Wire {
  final TestClock clock = new TestClock();
  final Node node;

  /**
   * What the server has sent on the connection that there is; CONTACT and CONNECTREPLY are left
   * out.
   */
  final List<FailoverMessage> heard = new ArrayList<>();

  ConnectTerms terms =
      new ConnectTerms(ProtocolVersion.CURRENT, 3600, 60, 400, new ConnectFlags(false));

  private long connection;
  private boolean isOpen;
  private int ids;

  Peer(Role role, String... lines) {
    node = new Node(role, clock, this, lines);
  }

  /** A server with a past that has started. */
  static Peer of(Role role, EndpointRecord past, String... lines) {
    Peer peer = new Peer(role, lines);
    peer.node.past(past);
    peer.node.boot();
    return peer;
  }

  /** A past of a server that was in a state when it stopped, just now. */
  static EndpointRecord past(ServerState state) {
    EndpointRecord fresh = EndpointRecord.fresh(TestClock.START - 5000, 3600, true);
    return new EndpointRecord(
        new EndpointRecord.Own(state, Optional.empty(), TestClock.START - 1000),
        new EndpointRecord.Partner(
            Optional.of(ServerState.NORMAL),
            new ServerFlags(true, false, false),
            TestClock.START - 2000,
            0,
            TestClock.START - 10),
        new EndpointRecord.Past(
            true, true, false, true, TestClock.START - 5, TestClock.START - 5, 0),
        fresh.mcltSeconds(),
        fresh.largestMcltSeconds(),
        fresh.dhcp4());
  }

  @Override
  public void open(Node from) {}

  @Override
  public void send(Node from, long on, FailoverMessage message) {
    boolean isWorth =
        message.type() != Dhcp6MessageType.CONTACT
            && message.type() != Dhcp6MessageType.CONNECTREPLY;
    if (isOpen && on == connection && isWorth) {
      heard.add(message);
    }
  }

  @Override
  public void close(Node from, long on, String why) {
    isOpen &= on != connection;
  }

  boolean isOpen() {
    return isOpen;
  }

  /** Both say CONNECT; nothing else is said. */
  Peer connect() {
    connection++;
    isOpen = true;
    heard.clear();
    if (node.settings.role() == Role.PRIMARY) {
      node.endpoint.onOpened(connection, true, clock.now());
      node.drain();
      FailoverMessage connect = heard.remove(0);
      assertThat(connect.type()).isEqualTo(Dhcp6MessageType.CONNECT);
      says(
          Dhcp6MessageType.CONNECTREPLY,
          connect.transactionId(),
          terms.toOptions(Optional.empty()));
    } else {
      node.endpoint.onConnect(
          connection,
          true,
          message(Dhcp6MessageType.CONNECT, 1, terms.toOptions(Optional.of("pair1"))),
          clock.now());
      node.drain();
    }
    return this;
  }

  /** Ends the connection. */
  Peer hangUp() {
    isOpen = false;
    node.endpoint.onEnded(connection, "The peer hung up.", clock.now());
    node.drain();
    return this;
  }

  private FailoverMessage message(int type, int id, Options options) {
    return new FailoverMessage(type, id, AbsoluteTime.ofUnixSeconds(clock.wall()), options);
  }

  Peer says(int type, int id, Options options) {
    node.endpoint.onFrame(connection, message(type, id, options), clock.now());
    node.drain();
    return this;
  }

  /** Says a state that holds since now, and that it remembers a common past. */
  Peer says(ServerState state) {
    return says(state, new ServerFlags(true, false, false), clock.wall());
  }

  Peer says(ServerState state, ServerFlags flags, long since) {
    AbsoluteTime at = AbsoluteTime.ofUnixSeconds(since);
    Optional<AbsoluteTime> down =
        state == ServerState.PARTNER_DOWN ? Optional.of(at) : Optional.empty();
    return says(
        Dhcp6MessageType.STATE, ++ids + 100, new StateReport(state, flags, at, down).toOptions());
  }

  /** Says UPDDONE for what was asked last. */
  Peer saysUpdDone() {
    return says(Dhcp6MessageType.UPDDONE, lastRequest().transactionId(), Options.EMPTY);
  }

  /** The last UPDREQ or UPDREQALL that was heard. */
  FailoverMessage lastRequest() {
    return requests().get(requests().size() - 1);
  }

  /** All UPDREQ and UPDREQALL. */
  List<FailoverMessage> requests() {
    return heard.stream()
        .filter(
            each ->
                each.type() == Dhcp6MessageType.UPDREQ || each.type() == Dhcp6MessageType.UPDREQALL)
        .toList();
  }

  /** All STATEs on the connection that there is. */
  List<StateReport> reports() {
    return heard.stream()
        .filter(each -> each.type() == Dhcp6MessageType.STATE)
        .map(each -> StateReport.read(each.options()).orElseThrow())
        .toList();
  }

  StateReport lastReport() {
    return reports().get(reports().size() - 1);
  }

  /** What was heard, a word each. */
  List<String> words() {
    return heard.stream().map(Node::word).toList();
  }

  /** Lets time pass; the peer keeps the connection alive. */
  Peer pass(long seconds) {
    long end = clock.now().deadline(seconds);
    for (int steps = 0; ; steps++) {
      assertThat(steps).as("timers").isLessThan(1_000_000);
      long due = Math.min(node.endpoint.nextDeadline(), clock.now().deadline(10));
      if (due > end) {
        break;
      }
      clock.reach(due);
      if (isOpen) {
        says(Dhcp6MessageType.CONTACT, ++ids + 100, Options.EMPTY);
      }
      node.tick();
    }
    clock.reach(end);
    return this;
  }

  /** Attempts of the primary to connect fail. */
  Peer refuse() {
    node.endpoint.onEnded(ConnectionSlot.NONE, "no connection", clock.now());
    node.drain();
    return this;
  }

  /** Waits until STARTUP is over without the partner. */
  Peer late() {
    pass(node.settings.startupSeconds());
    assertThat(node.state()).isNotEqualTo(ServerState.STARTUP);
    return this;
  }

  Moment now() {
    return clock.now();
  }
}
