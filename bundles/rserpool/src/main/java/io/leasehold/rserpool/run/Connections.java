// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.session.Sessions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections of one core, those that it made and those that it accepted. Any thread. */
final class Connections implements Sessions {
  /** Accepted connections; of unknown peers there are fewer, which the transport sees to. */
  static final int MOST_ACCEPTED = 4096;

  private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

  private final String name;
  private final LongSupplier clock;
  private final RunCounters counters;
  private final Consumer<Connection> ready;
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicInteger accepted = new AtomicInteger();
  private final Map<Long, Connection> open = new ConcurrentHashMap<>();
  private final Map<String, SessionTransport> transports = new ConcurrentHashMap<>();

  /** Names of transports that were asked for when they were not there. */
  private final Set<String> missed = ConcurrentHashMap.newKeySet();

  /**
   * Without a transport.
   *
   * @param ready told of each connection on which something happened
   */
  Connections(String name, LongSupplier clock, RunCounters counters, Consumer<Connection> ready) {
    this.name = name;
    this.clock = clock;
    this.counters = counters;
    this.ready = ready;
  }

  /** What is to go by a name goes by this transport from now on; null: by none. */
  void use(String transport, SessionTransport next) {
    if (next == null) {
      transports.remove(transport);
    } else {
      transports.put(transport, next);
      missed.remove(transport);
    }
  }

  /** Names of transports that were asked for and are not there. */
  Set<String> missed() {
    return Set.copyOf(missed);
  }

  /** Whether it is still one of the core's. */
  boolean contains(Connection connection) {
    return open.containsKey(connection.number());
  }

  /** All that the core has. */
  List<Connection> all() {
    return List.copyOf(open.values());
  }

  /** Those of a transport. */
  List<Connection> of(String transport) {
    return open.values().stream().filter(each -> each.transport().equals(transport)).toList();
  }

  /** The core has heard the last of it. */
  void forget(Connection connection) {
    open.remove(connection.number());
  }

  private Connection added(Application application, String transport) {
    Connection connection =
        new Connection(numbers.incrementAndGet(), application, transport, clock, ready);
    open.put(connection.number(), connection);
    return connection;
  }

  @Override
  public long connect(ConnectSpec to) {
    Connection connection = added(to.application(), to.transport());
    SessionTransport present = transports.get(to.transport());
    if (present == null) {
      missed.add(to.transport());
      connection.ended(Places.noTransport(to.transport()));
    } else {
      counters.connected.increment();
      tryBy(present, to, connection);
    }
    return connection.number();
  }

  /** A transport that ends just now may refuse. */
  private static void tryBy(SessionTransport present, ConnectSpec to, Connection connection) {
    try {
      connection.attempt(present.connect(to, new Outgoing(connection)));
    } catch (RuntimeException e) {
      connection.ended("the transport does not connect: " + e.getMessage());
    }
  }

  @Override
  public boolean send(long session, Bytes message) {
    Connection connection = open.get(session);
    return connection != null && connection.send(message);
  }

  @Override
  public void close(long session, String why) {
    Connection connection = open.remove(session);
    if (connection != null) {
      LOG.debug("{}: connection {} is closed: {}", name, session, why);
      connection.close();
    }
  }

  /** Who hears of connections that are accepted at a place. */
  SessionUser incoming(ListenSpec place) {
    return new Incoming(place);
  }

  /** Hears of a connection of ours. */
  private record Outgoing(Connection connection) implements SessionUser {
    @Override
    public void opened(HopSession session) {
      connection.opened(session);
    }

    @Override
    public void message(HopSession session, Bytes message) {
      connection.message(message);
    }

    @Override
    public void outdated(HopSession session) {
      connection.outdated();
    }

    @Override
    public void ended(HopSession session, String why) {
      connection.ended(why);
    }
  }

  private final class Incoming implements SessionUser {
    private final ListenSpec place;
    private final Map<HopSession, Connection> arrived = new ConcurrentHashMap<>();

    Incoming(ListenSpec place) {
      this.place = place;
    }

    @Override
    public void opened(HopSession session) {
      if (accepted.incrementAndGet() > MOST_ACCEPTED) {
        accepted.decrementAndGet();
        counters.refused.increment();
        session.close();
        return;
      }
      counters.accepted.increment();
      Connection connection = added(place.application(), place.transport());
      arrived.put(session, connection);
      connection.opened(session);
    }

    @Override
    public void message(HopSession session, Bytes message) {
      Connection connection = arrived.get(session);
      if (connection != null) {
        connection.message(message);
      }
    }

    @Override
    public void ended(HopSession session, String why) {
      Connection connection = arrived.remove(session);
      if (connection != null) {
        accepted.decrementAndGet();
        connection.ended(why);
      }
    }
  }
}
