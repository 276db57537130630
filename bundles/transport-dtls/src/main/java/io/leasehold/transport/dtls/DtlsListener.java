// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelEngine;
import io.leasehold.security.CloseReason;
import io.leasehold.security.Health;
import io.leasehold.security.HopEnd;
import io.leasehold.security.PeerSelector;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;
import io.leasehold.transport.dtls.Counts.Count;
import io.leasehold.transport.dtls.Guests.Guest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts associations on ports of UDP. May be used from any thread. */
final class DtlsListener implements Binding {
  private static final Logger LOG = LoggerFactory.getLogger(DtlsListener.class);

  private final ListenSpec spec;
  private final Inbound inbound;
  private final DtlsTransport transport;
  private final Channel channel;
  private final PeerSelector expected;
  private final Guests guests;
  private final Greetings greetings;
  private final Counts counts = new Counts();
  private final List<Binding> bindings = new ArrayList<>();
  private final Complaints complaints;
  private AutoCloseable changes = () -> {};
  private List<String> absent = List.of();
  private volatile boolean closed;

  DtlsListener(ListenSpec spec, Inbound inbound, DtlsTransport transport) {
    this.spec = spec;
    this.inbound = inbound;
    this.transport = transport;
    this.channel = transport.surroundings().channels().channel(spec.channel());
    this.expected = spec.expected().speaking(spec.application().protocolName());
    this.guests = new Guests(spec.limits());
    this.greetings = new Greetings(transport.surroundings().nanos().getAsLong());
    this.complaints = new Complaints(transport.surroundings().nanos());
  }

  /** Opens what can be opened. */
  synchronized void open() {
    changes = channel.onChange(this::follow);
    bind(Places.of(spec.places()));
  }

  private void bind(Places.Found places) {
    absent = places.absent();
    Arrivals arrivals = new Arrivals(this::take, inbound);
    places
        .found()
        .forEach(
            (family, where) ->
                bindings.add(
                    transport
                        .surroundings()
                        .datagrams()
                        .bind(new BindSpec(family, where, spec.port(), List.of()), arrivals)));
  }

  private void take(Bytes datagram, Path path, Delivery delivery) {
    if (closed) {
      return;
    }
    HopEnd from = new HopEnd(path.remote(), path.remotePort());
    Optional<Guest> present = guests.present(from);
    if (present.isEmpty()) {
      greet(from, datagram, path);
      return;
    }
    Association association = present.get().association();
    Optional<Guest> returning = guests.returning(from);
    if (returning.isEmpty() && association.isUp() && Records.beginsAnew(datagram)) {
      greet(from, datagram, path); // RFC 6347 section 4.2.8: the old one stays until it is proved
      return;
    }
    association.receive(datagram, delivery);
    returning.ifPresent(each -> each.association().receive(datagram, delivery));
  }

  private void greet(HopEnd from, Bytes datagram, Path path) {
    long now = transport.surroundings().nanos().getAsLong();
    Optional<Count> unread = greetings.refusal(datagram, guests.isKnown(from.address()), now);
    if (unread.isPresent()) {
      counts.add(unread.get());
      return;
    }
    Optional<Count> refusal = guests.refusal(from);
    if (refusal.isPresent()) {
      counts.add(refusal.get());
      complaints.say(from.address() + ": no more associations at a time");
      return;
    }
    Optional<ChannelEngine> engine;
    try {
      engine = channel.accept(from, datagram, expected, path::reply);
    } catch (IllegalStateException e) {
      counts.add(Count.REFUSED_NO_CHANNEL);
      complaints.say("channel " + spec.channel() + " is down: " + e.getMessage());
      return;
    }
    counts.add(Count.GREETED);
    engine.ifPresent(each -> begin(from, each, path));
  }

  private void begin(HopEnd from, ChannelEngine engine, Path path) {
    if (guests.isKnown(from.address())) {
      guests.crowd().forEach(this::displace);
    }
    Visit visit = new Visit(from);
    Association association =
        new Association(
            transport.newId(), engine, path::reply, visit, new Moments(transport.surroundings()));
    visit.path = new HopPath(path, association, message -> answer(association, message));
    engine.onReady(() -> transport.later(association::pump));
    guests.add(new Guest(from, association, visit.path));
    association.start();
  }

  private void displace(Association stranger) {
    counts.add(Count.DISPLACED);
    stranger.end(CloseReason.DONE, "somebody who is known needed its place");
  }

  /** Answers where the question came from, or on another association of the same peer. */
  private boolean answer(Association association, Bytes message) {
    if (association.send(message)) {
      counts.add(Count.SENT);
      return true;
    }
    if (message.length() <= Association.LARGEST_MESSAGE) {
      String peer = association.peer().map(AuthenticatedPeer::peerId).orElse("");
      for (Association other : guests.ofPeer(peer)) {
        if (other.send(message)) {
          counts.add(Count.SENT);
          return true;
        }
      }
    }
    counts.add(Count.DROPPED);
    return false;
  }

  /** What becomes of one association. */
  private final class Visit implements Association.Owner {
    private final HopEnd from;
    private HopPath path;

    Visit(HopEnd from) {
      this.from = from;
    }

    @Override
    public void message(Association association, Bytes message, Delivery delivery) {
      if (!closed) {
        transport.deliver(inbound, message, path, delivery, counts);
      }
    }

    @Override
    public void changed(Association association) {
      if (association.isUp()) {
        counts.add(Count.HANDSHAKE_COMPLETED);
        makeRoom(association);
      } else if (association.isOver()) {
        guests.remove(association);
        if (association.peer().isEmpty() && !closed) {
          counts.add(Count.HANDSHAKE_FAILED);
          complaints.say(
              "handshake of "
                  + Places.end(from.address(), from.port())
                  + " with port "
                  + spec.port()
                  + " failed: "
                  + association.endReason());
        }
      }
    }
  }

  private void makeRoom(Association association) {
    long now = transport.surroundings().nanos().getAsLong();
    for (Association gone : guests.known(association, now)) {
      counts.add(Count.REPLACED);
      gone.end(CloseReason.DRAINED, "another of the same peer took its place");
    }
  }

  private void follow(Channel.Change change) {
    if (change == Channel.Change.GONE) {
      transport.later(() -> endAll(CloseReason.DONE, channel.health().reason()));
    } else if (change == Channel.Change.RENEWED) {
      // At once: later there may be some that were made in the new way.
      Duration grace = channel.grace();
      guests.all().forEach(each -> each.association().moments().drains(part(grace)));
    }
  }

  /** Peers that did not begin anew by themselves do not all come at once in the end. */
  private Duration part(Duration grace) {
    double chance = transport.surroundings().chance().getAsDouble();
    return grace.minusNanos((long) (grace.toNanos() / 4 * chance));
  }

  private void endAll(CloseReason why, String reason) {
    guests.all().forEach(each -> each.association().end(why, reason));
  }

  /** Looks what is due. */
  void tick(long now) {
    for (Guest guest : guests.all()) {
      Association association = guest.association();
      association.tick(now);
      if (association.isUp()) {
        endIfOld(association, now);
      } else if (!association.isOver()
          && association.moments().ageNanos(now) > spec.limits().handshake().toNanos()) {
        association.end(CloseReason.TIMEOUT, "no handshake within " + spec.limits().handshake());
      }
    }
    if (!absent.isEmpty()) {
      lookForAbsent();
    }
  }

  private void endIfOld(Association association, long now) {
    Moments moments = association.moments();
    Duration idle = spec.limits().idle();
    Duration age = spec.limits().age();
    if (moments.isDrained(now)) {
      association.end(CloseReason.DRAINED, "the channel was renewed");
    } else if (!idle.isZero() && moments.idleNanos(now) > idle.toNanos()) {
      association.end(CloseReason.TIMEOUT, "no message for " + idle);
    } else if (!age.isZero() && moments.ageNanos(now) > age.toNanos()) {
      association.end(CloseReason.DRAINED, "older than " + age);
    }
  }

  private synchronized void lookForAbsent() {
    if (!closed) {
      bind(Places.of(absent));
    }
  }

  List<LinkStatus> links() {
    return guests.all().stream().map(this::status).toList();
  }

  private LinkStatus status(Guest guest) {
    Association association = guest.association();
    LinkStatus.State state =
        !association.isUp()
            ? LinkStatus.State.HANDSHAKING
            : association.moments().isDraining() ? LinkStatus.State.DRAINING : LinkStatus.State.UP;
    return new LinkStatus(
        association.id(),
        transport.name(),
        spec.application(),
        false,
        Places.end(guest.path().local(), spec.port()),
        Places.end(guest.from().address(), guest.from().port()),
        spec.channel(),
        state,
        reason(state),
        association.peer(),
        association.assurance(),
        association.moments().stateSince(),
        association.sent(),
        association.received(),
        association.dropped());
  }

  private static String reason(LinkStatus.State state) {
    return switch (state) {
      case HANDSHAKING -> "shaking hands";
      case DRAINING -> "the channel has changed";
      default -> "";
    };
  }

  /** Ends an association in good order; false if it is none of this listener. */
  boolean drain(String id) {
    for (Guest guest : guests.all()) {
      if (guest.association().id().equals(id)) {
        guest.association().end(CloseReason.DRAINED, "drained by command");
        return true;
      }
    }
    return false;
  }

  @Override
  public synchronized List<EndpointStatus> endpoints() {
    List<EndpointStatus> all = new ArrayList<>();
    bindings.forEach(each -> all.addAll(each.endpoints()));
    for (String address : absent) {
      Family family = address.indexOf(':') >= 0 ? Family.IPV6 : Family.IPV4;
      all.add(
          new EndpointStatus(
              family,
              "",
              address,
              spec.port(),
              EndpointStatus.State.ABSENT,
              "no interface has this address"));
    }
    Health health = channel.health();
    return health.usable() ? all : all.stream().map(each -> mute(each, health)).toList();
  }

  private EndpointStatus mute(EndpointStatus status, Health health) {
    if (status.state() != EndpointStatus.State.LISTENING) {
      return status;
    }
    return new EndpointStatus(
        status.family(),
        status.interfaceName(),
        status.address(),
        status.port(),
        status.state(),
        "everybody is refused: channel " + spec.channel() + ": " + health.reason());
  }

  @Override
  public Map<String, Long> counters() {
    return counts.snapshot();
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    transport.forget(this);
    transport.unsubscribe(changes);
    endAll(CloseReason.DONE, "the listener was closed");
    bindings.forEach(Binding::close);
  }
}
