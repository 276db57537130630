// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Registrars, a network among them and a time of its own. What is sent arrives in its order after a
 * moment; between two that are cut apart it waits, and is lost with its connection when that takes
 * too long.
 */
final class World {
  static final int PORT = 9902;
  private static final long LATENCY = 1_000_000;
  private static final Duration USER_TIMEOUT = Duration.ofSeconds(10);
  private static final int MOST_STEPS_IN_A_MOMENT = 100_000;

  final Random random;
  long now = 1_000_000_000_000L;

  /** Everything that was sent to an open connection. */
  final List<Sent> sent = new ArrayList<>();

  /** Does not keep what is sent, for long plays. */
  boolean isForgetful;

  private final Map<Ipv6, End> ends = new TreeMap<>();
  private final Set<Set<Ipv6>> cuts = new HashSet<>();
  private final List<Wire> wires = new ArrayList<>();
  private final PriorityQueue<Event> queue = new PriorityQueue<>();
  private long sequence;
  private long sessions;

  /** A message on its way. */
  record Sent(long at, Ipv6 from, Ipv6 to, EnrpMessage message) {}

  private record Event(long at, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
    }
  }

  World(long seed) {
    random = new Random(seed);
  }

  /** Somebody at an address. */
  interface End {
    Ipv6 address();

    /** How others see it. */
    Caller caller();

    /** Its events; null while it is down. */
    SessionEvents events();
  }

  /** A connection. */
  private static final class Wire {
    private final End from;
    private final SessionEvents fromEvents;
    private final long fromSession;
    private final End to;
    private final SessionEvents toEvents;
    private final long toSession;
    private final Deque<Runnable> held = new ArrayDeque<>();
    private boolean isOver;

    Wire(End from, long fromSession, End to, long toSession) {
      this.from = from;
      this.fromEvents = from.events();
      this.fromSession = fromSession;
      this.to = to;
      this.toEvents = to.events();
      this.toSession = toSession;
    }
  }

  static Ipv6 address(int number) {
    return Ipv6.ofText("2001:db8::" + number);
  }

  static Caller secure(Ipv6 address, String peer, PeerRole... roles) {
    return new Caller(
        Application.ENRP,
        address,
        Optional.of(
            new AuthenticatedPeer(
                peer,
                Set.of(roles),
                "tls-psk",
                new ChannelFacts("TLSv1.3", "", "", "", "", Instant.EPOCH))),
        Assurance.PRIVATE);
  }

  static Caller plain(Ipv6 address) {
    return new Caller(Application.ENRP, address, Optional.empty(), Assurance.NONE);
  }

  static ConnectSpec to(Ipv6 address) {
    return new ConnectSpec(
        Application.ENRP, address, PORT, "pools", PeerSelector.anyOf(PeerRole.ENRP_SERVER), false);
  }

  void add(End end) {
    ends.put(end.address(), end);
  }

  /** Cuts two apart: what is sent waits. */
  void cut(Ipv6 one, Ipv6 other) {
    Set<Ipv6> pair = pair(one, other);
    if (cuts.add(pair)) {
      after(
          USER_TIMEOUT,
          () -> {
            if (cuts.contains(pair)) {
              wires.stream().filter(each -> isBetween(each, pair)).toList().forEach(this::reset);
            }
          });
    }
  }

  void heal(Ipv6 one, Ipv6 other) {
    Set<Ipv6> pair = pair(one, other);
    cuts.remove(pair);
    for (Wire each : wires) {
      if (isBetween(each, pair)) {
        each.held.forEach(what -> after(Duration.ofNanos(LATENCY), what));
        each.held.clear();
      }
    }
  }

  private static boolean isBetween(Wire wire, Set<Ipv6> pair) {
    return pair.equals(pair(wire.from.address(), wire.to.address()));
  }

  /** How many connections there are between two. */
  long connections(Ipv6 one, Ipv6 other) {
    return openers(one, other).size();
  }

  /** Who has opened the connections between two. */
  List<Ipv6> openers(Ipv6 one, Ipv6 other) {
    Set<Ipv6> pair = pair(one, other);
    return wires.stream()
        .filter(each -> isBetween(each, pair))
        .map(each -> each.from.address())
        .toList();
  }

  /** Ends connections between two; what was on its way is lost. */
  void reset(Ipv6 one, Ipv6 other) {
    Set<Ipv6> pair = pair(one, other);
    wires.stream().filter(each -> isBetween(each, pair)).toList().forEach(this::reset);
  }

  private void reset(Wire wire) {
    over(wire);
    after(
        Duration.ofNanos(LATENCY),
        () -> {
          tellEnded(wire.from, wire.fromEvents, wire.fromSession);
          tellEnded(wire.to, wire.toEvents, wire.toSession);
        });
  }

  private void tellEnded(End end, SessionEvents events, long session) {
    if (end.events() == events && events != null) {
      events.ended(session, "reset", now);
    }
  }

  private void over(Wire wire) {
    wire.isOver = true;
    wire.held.clear();
    wires.remove(wire);
  }

  /** Somebody is gone without a word; the others' connections hang. */
  void vanish(End end) {
    wires.stream()
        .filter(each -> each.from == end || each.to == end)
        .toList()
        .forEach(
            each -> {
              over(each);
              after(
                  USER_TIMEOUT,
                  () -> {
                    tellEnded(each.from, each.fromEvents, each.fromSession);
                    tellEnded(each.to, each.toEvents, each.toSession);
                  });
            });
  }

  /** Somebody is gone, and his host says so. */
  void hangUp(End end) {
    wires.stream().filter(each -> each.from == end || each.to == end).toList().forEach(this::reset);
  }

  long connect(End from, ConnectSpec spec) {
    long session = ++sessions;
    SessionEvents events = from.events();
    after(
        Duration.ofNanos(2 * LATENCY),
        () -> {
          End to = ends.get(spec.remote());
          boolean isCut = cuts.contains(pair(from.address(), spec.remote()));
          if (from.events() != events || events == null) {
            return;
          }
          if (to == null || to.events() == null || isCut) {
            events.ended(session, "nobody is there", now);
            return;
          }
          Wire wire = new Wire(from, session, to, ++sessions);
          wires.add(wire);
          events.opened(session, to.caller(), now);
          if (!wire.isOver) {
            to.events().opened(wire.toSession, from.caller(), now);
          }
        });
    return session;
  }

  private static Set<Ipv6> pair(Ipv6 one, Ipv6 other) {
    return one.equals(other) ? Set.of(one) : Set.of(one, other);
  }

  private Wire find(End end, long session) {
    return wires.stream()
        .filter(
            each ->
                each.from == end && each.fromSession == session
                    || each.to == end && each.toSession == session)
        .findFirst()
        .orElse(null);
  }

  boolean send(End end, long session, Bytes message) {
    Wire wire = find(end, session);
    if (wire == null) {
      return false;
    }
    boolean isFrom = wire.fromSession == session;
    End to = isFrom ? wire.to : wire.from;
    SessionEvents events = isFrom ? wire.toEvents : wire.fromEvents;
    long toSession = isFrom ? wire.toSession : wire.fromSession;
    if (!isForgetful) {
      read(message).ifPresent(it -> sent.add(new Sent(now, end.address(), to.address(), it)));
    }
    carry(
        wire,
        () -> {
          if (!wire.isOver && to.events() == events) {
            events.message(toSession, message, now);
          }
        });
    return true;
  }

  static Optional<EnrpMessage> read(Bytes octets) {
    try {
      return EnrpMessage.decode(octets) instanceof Decoded.Accepted<EnrpMessage> it
          ? Optional.of(it.message())
          : Optional.empty();
    } catch (MalformedPacketException e) {
      return Optional.empty();
    }
  }

  /** An end comes after what was sent. */
  void close(End end, long session) {
    Wire wire = find(end, session);
    if (wire != null) {
      boolean isFrom = wire.fromSession == session;
      End to = isFrom ? wire.to : wire.from;
      SessionEvents events = isFrom ? wire.toEvents : wire.fromEvents;
      long toSession = isFrom ? wire.toSession : wire.fromSession;
      carry(
          wire,
          () -> {
            if (!wire.isOver) {
              over(wire);
              tellEnded(to, events, toSession);
            }
          });
    }
  }

  private void carry(Wire wire, Runnable what) {
    if (cuts.contains(pair(wire.from.address(), wire.to.address()))) {
      wire.held.add(what);
    } else {
      after(Duration.ofNanos(LATENCY), what);
    }
  }

  void after(Duration time, Runnable action) {
    queue.add(new Event(now + time.toNanos(), sequence++, action));
  }

  void run(Duration time) {
    runUntil(time, () -> false);
  }

  /** Runs until something is so, or the time is over. */
  boolean runUntil(Duration time, BooleanSupplier isSo) {
    long until = now + time.toNanos();
    int steps = 0;
    while (!isSo.getAsBoolean()) {
      End first = null;
      long next = queue.isEmpty() ? SessionEvents.NEVER : queue.peek().at();
      for (End each : ends.values()) {
        if (each.events() != null && each.events().deadline() < next) {
          next = each.events().deadline();
          first = each;
        }
      }
      if (next > until) {
        now = until;
        return isSo.getAsBoolean();
      }
      steps = next > now ? 0 : steps + 1;
      if (steps > MOST_STEPS_IN_A_MOMENT) {
        throw new AssertionError("somebody does not come to rest: " + first);
      }
      now = Math.max(now, next);
      if (first != null) {
        first.events().onTimer(now);
      } else {
        queue.poll().action().run();
      }
    }
    return true;
  }

  /** What one has sent to another, of one kind. */
  <M extends EnrpMessage> List<M> sent(Ipv6 from, Ipv6 to, Class<M> kind) {
    return sent.stream()
        .filter(each -> each.from().equals(from) && each.to().equals(to))
        .map(Sent::message)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }
}
