// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.transport.Binding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The connections of all relationships: those that primaries make, and the places where secondaries
 * listen, of which several relationships may have the same one. May be used from any thread.
 */
final class FailoverHops {
  /** Of connections whose peer is not known yet (RFC 8156 section 10). */
  private static final HopLimits LIMITS =
      new HopLimits(
          10, 2, 16, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO);

  /** A place where secondaries listen. */
  private record Place(String host, int port) {}

  /** How a place is protected; those who share it must agree. */
  private record Way(String channel, boolean inClear) {}

  private static final class Listening {
    private final Way way;
    private int users = 1;
    private Binding binding;

    Listening(Way way) {
      this.way = way;
    }
  }

  private final FailoverLoop loop;
  private final Predicate<Ipv6> expected;
  private final Consumer<Port> arrived;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Place, Listening> places = new HashMap<>();
  private SessionTransport transport;

  /**
   * Without a transport.
   *
   * @param expected whether a primary may connect from an address
   * @param arrived takes each connection that was accepted; on threads of the transport
   */
  FailoverHops(FailoverLoop loop, Predicate<Ipv6> expected, Consumer<Port> arrived) {
    this.loop = loop;
    this.expected = expected;
    this.arrived = arrived;
  }

  /** Uses another transport; null if there is none now. */
  synchronized void use(SessionTransport next) {
    if (transport == next) {
      return;
    }
    transport = next;
    places.forEach(
        (place, listening) -> {
          close(listening);
          open(place, listening);
        });
  }

  /** A transport has gone. */
  synchronized void forget(SessionTransport gone) {
    if (transport == gone) {
      use(null);
    }
  }

  /**
   * Tries once to connect to a partner.
   *
   * @return the connection to come; its owner hears what becomes of it
   */
  Port connect(FailoverSettings settings, Port.Owner owner, Runnable outdated) {
    Port port = new Port(numbers.incrementAndGet(), owner, loop);
    SessionTransport present;
    synchronized (this) {
      present = transport;
    }
    if (present == null) {
      port.ended("there is no transport for connections; install leasehold-transport-tcp");
    } else {
      tryBy(present, settings, port, outdated);
    }
    return port;
  }

  /** A transport that ends just now may refuse. */
  private static void tryBy(
      SessionTransport present, FailoverSettings settings, Port port, Runnable outdated) {
    try {
      port.attempt(present.connect(connectSpec(settings), new Outgoing(port, outdated)));
    } catch (RuntimeException e) {
      port.ended("the transport does not connect: " + e.getMessage());
    }
  }

  private static ConnectSpec connectSpec(FailoverSettings settings) {
    return new ConnectSpec(
        Application.FAILOVER,
        settings.partnerAddress(),
        FailoverSettings.port(settings.partner()),
        settings.channel(),
        PeerSelector.only(settings.peer(), PeerRole.FAILOVER_PARTNER),
        settings.isSecure(),
        !settings.isSecure());
  }

  /** Hears of a connection of ours. */
  private record Outgoing(Port port, Runnable renewal) implements SessionUser {
    @Override
    public void opened(HopSession session) {
      port.opened(session);
    }

    @Override
    public void message(HopSession session, Bytes message) {
      port.message(message);
    }

    @Override
    public void outdated(HopSession session) {
      renewal.run();
    }

    @Override
    public void ended(HopSession session, String why) {
      port.ended(why);
    }
  }

  /** Hears of connections that are accepted. */
  private final class Incoming implements SessionUser {
    private final Map<HopSession, Port> ports = new ConcurrentHashMap<>();

    @Override
    public boolean admits(Ipv6 source) {
      return expected.test(source);
    }

    @Override
    public boolean expects(Ipv6 source) {
      return true; // nobody else is admitted
    }

    @Override
    public void opened(HopSession session) {
      Port port = new Port(numbers.incrementAndGet(), null, loop);
      ports.put(session, port);
      arrived.accept(port);
      port.opened(session);
    }

    @Override
    public void message(HopSession session, Bytes message) {
      ports.get(session).message(message);
    }

    @Override
    public void ended(HopSession session, String why) {
      ports.remove(session).ended(why);
    }
  }

  /**
   * Listens where a secondary is to.
   *
   * @throws IllegalArgumentException if another relationship listens there in another way
   */
  synchronized void listen(FailoverSettings settings) {
    Way way = new Way(settings.channel(), !settings.isSecure());
    for (HopUri each : settings.listen()) {
      Listening there = places.get(place(each));
      if (there != null && !there.way.equals(way)) {
        throw new IllegalArgumentException(
            "listen = %s: another relationship listens there with channel %s; accepted is the same one, or another port"
                .formatted(each.host(), there.way.channel()));
      }
    }
    for (HopUri each : settings.listen()) {
      Listening there = places.get(place(each));
      if (there != null) {
        there.users++;
      } else {
        Listening opened = new Listening(way);
        places.put(place(each), opened);
        open(place(each), opened);
      }
    }
  }

  private static Place place(HopUri uri) {
    return new Place(uri.host(), FailoverSettings.port(uri));
  }

  private void open(Place place, Listening listening) {
    if (transport != null) {
      listening.binding =
          transport.accept(
              new ListenSpec(
                  Application.FAILOVER,
                  List.of(place.host()),
                  place.port(),
                  listening.way.channel(),
                  PeerSelector.anyOf(PeerRole.FAILOVER_PARTNER),
                  LIMITS,
                  listening.way.inClear()),
              true,
              new Incoming());
    }
  }

  private static void close(Listening listening) {
    if (listening.binding != null) {
      listening.binding.close();
      listening.binding = null;
    }
  }

  /** Listens no more for a secondary; others that share the place go on. */
  synchronized void release(FailoverSettings settings) {
    for (HopUri each : settings.listen()) {
      Listening there = places.get(place(each));
      if (there != null && --there.users == 0) {
        places.remove(place(each));
        close(there);
      }
    }
  }

  /** What is wrong with the places of a secondary, a sentence each. */
  synchronized List<String> complaints(FailoverSettings settings) {
    List<String> found = new ArrayList<>();
    for (HopUri each : settings.listen()) {
      Listening there = places.get(place(each));
      if (there == null || there.binding == null) {
        found.add("there is no transport for connections; install leasehold-transport-tcp");
      } else {
        there.binding.endpoints().stream()
            .filter(place -> !place.reason().isEmpty())
            .forEach(place -> found.add("port " + place.port() + ": " + place.reason()));
      }
    }
    return found;
  }
}
