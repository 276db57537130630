// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Channel;
import io.leasehold.security.Sanitizer;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.connection.AcceptGovernor;
import io.leasehold.transport.connection.Protection;
import io.leasehold.transport.connection.Refusal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Accepts associations. On the thread of the transport, but for what {@link Binding} says. */
final class SctpListener implements Binding, Association.Owner {
  private final ListenSpec spec;
  private final Hop hop;
  private final SctpSessionTransport transport;
  private final Channel channel;
  private final AcceptGovernor governor;
  private final SctpPlaces places;
  private final Map<Association, AcceptGovernor.Guest> guests = new ConcurrentHashMap<>();
  private final AutoCloseable changes;
  private long scannedNanos;
  private boolean closed;

  SctpListener(ListenSpec spec, Hop hop, SctpSessionTransport transport) {
    this.spec = spec;
    this.hop = hop;
    this.transport = transport;
    this.channel = transport.channel(spec.channel());
    // Only addresses that the user admits are heard, so all of them are of peers.
    this.governor =
        new AcceptGovernor(
            spec.limits(),
            transport.settings().limits(),
            source -> true,
            true,
            transport.loop().nanos());
    this.places =
        new SctpPlaces(
            spec,
            transport.settings().addresses(),
            hop.counters(),
            () -> transport.sockets().door(spec.port(), this::arrived, transport.loop()));
    this.changes = channel.onChange(change -> transport.loop().later(() -> changed(change)));
  }

  /** Opens the places; waits for nothing. */
  void open() {
    transport.loop().later(this::scan);
  }

  private void scan() {
    if (!closed) {
      scannedNanos = transport.loop().nanos();
      places.scan();
    }
  }

  /** Time has passed. */
  void tick(long nanos) {
    if (nanos - scannedNanos >= transport.settings().rescan().toNanos()) {
      scan();
    }
  }

  private void arrived(Sockets.Socket socket) {
    Ipv6 source;
    try {
      source = socket.ends().primary().address();
    } catch (IOException | IllegalArgumentException e) {
      socket.close(); // it has gone already
      return;
    }
    if (!hop.user().admits(source)) {
      refuse(socket, source, Refusal.ADDRESS);
      return;
    }
    AcceptGovernor.Decision decision = governor.arrive(source, transport.loop().nanos());
    if (decision.guest().isEmpty()) {
      refuse(socket, source, decision.refusal());
      return;
    }
    hop.counters().count(Counters.ACCEPTED);
    decision
        .displaced()
        .ifPresent(guest -> tell(guest, Ending.DISPLACED, "a newer one needed its place"));
    Association association = transport.association(hop, this, source);
    guests.put(association, decision.guest().get());
    try {
      socket.serve(association);
    } catch (IOException e) {
      association.lost(String.valueOf(e.getMessage()));
    }
  }

  private void refuse(Sockets.Socket socket, Ipv6 source, Refusal why) {
    hop.counters().count(why.counter());
    hop.log()
        .warn(
            "refused " + why + " " + spec.channel(),
            this + ": " + source + " is refused: " + why.text() + "; counter " + why.counter());
    socket.close();
  }

  private void tell(AcceptGovernor.Guest guest, Ending why, String detail) {
    guests.forEach(
        (association, its) -> {
          if (its == guest) {
            association.end(why, detail);
          }
        });
  }

  @Override
  public void opened(Association association) {
    AcceptGovernor.Guest guest = guests.get(association);
    Optional<AcceptGovernor.Guest> surplus =
        guest == null
            ? Optional.empty()
            : governor.authenticated(guest, "address " + association.remote());
    surplus.ifPresent(
        old -> tell(old, Ending.REPLACED, "the peer has newer ones, as many as it may"));
  }

  @Override
  public void ended(Association association, Ending why, String detail) {
    AcceptGovernor.Guest guest = guests.remove(association);
    if (guest != null) {
      governor.left(guest);
    }
    if (why.isFailure() && !closed) {
      hop.log()
          .warn(
              why + " " + spec.channel() + " " + detail,
              association + ": " + why.counter() + ": " + Sanitizer.line(detail));
    }
  }

  private void changed(Channel.Change change) {
    Duration grace = part(channel.grace());
    guests.keySet().forEach(each -> each.changed(change, channel, grace));
  }

  /** Peers that did not begin anew by themselves do not all come at once in the end. */
  private static Duration part(Duration grace) {
    long spread = grace.toNanos() / 4;
    return grace.minusNanos(spread > 0 ? ThreadLocalRandom.current().nextLong(spread) : 0);
  }

  /** Ends the association with that id in good order; false if there is none. Any thread. */
  boolean drain(String id) {
    for (Association each : guests.keySet()) {
      if (each.id().equals(id)) {
        transport.loop().soon(() -> each.end(Ending.DRAINED, "an operator ended it"));
        return true;
      }
    }
    return false;
  }

  /** Its associations. Any thread. */
  List<LinkStatus> links() {
    return guests.keySet().stream().map(each -> each.session().status()).toList();
  }

  @Override
  public List<EndpointStatus> endpoints() {
    String complaint = "";
    try {
      hop.protection().check();
    } catch (Protection.Refused e) {
      complaint = "closes every connection: " + e.getMessage();
    }
    return places.status(complaint);
  }

  @Override
  public Map<String, Long> counters() {
    return hop.counters().snapshot();
  }

  @Override
  public void close() {
    transport.forget(this);
    transport.unsubscribe(changes);
    transport
        .loop()
        .await(
            () -> {
              closed = true;
              places.close();
              for (Association each : List.copyOf(guests.keySet())) {
                each.end(Ending.CLOSED, "this side is closed");
              }
            });
  }

  @Override
  public String toString() {
    return "sctp port " + spec.port() + " (channel " + spec.channel() + ")";
  }
}
