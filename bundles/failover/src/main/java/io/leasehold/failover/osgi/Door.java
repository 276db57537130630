// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.connection.Newcomers;
import io.leasehold.failover.connection.RelationshipDirectory;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.effect.Moment;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.net.Ipv6;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where connections of primaries wait until CONNECT says whose they are. For the thread of
 * failover, but for what says otherwise.
 */
final class Door implements FailoverLoop.Turns, Port.Owner {
  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.failover");

  private final FailoverLoop loop;
  private final RelationshipDirectory<Beginning> directory = new RelationshipDirectory<>();
  private final Outbox outbox = new Outbox();
  private final Newcomers<Beginning> newcomers;
  private final Queue<Port> fresh = new ConcurrentLinkedQueue<>();
  private final Map<Long, Port> ports = new HashMap<>();

  Door(FailoverLoop loop, RandomGenerator ids) {
    this.loop = loop;
    this.newcomers = new Newcomers<>(directory, ids, outbox);
  }

  /**
   * A relationship is there. Any thread.
   *
   * @throws IllegalArgumentException if another one has its name
   */
  void add(FailoverSettings settings, Beginning relationship) {
    synchronized (directory) {
      directory.add(settings, relationship);
    }
  }

  /** A relationship has gone. Any thread. */
  void remove(FailoverSettings settings, Beginning relationship) {
    synchronized (directory) {
      directory.remove(settings.name(), relationship);
    }
  }

  /** Whether a primary may connect from there. Any thread. */
  boolean isExpected(Ipv6 remote) {
    synchronized (directory) {
      return directory.isExpected(remote);
    }
  }

  /** A connection was accepted. Any thread. */
  void arrived(Port port) {
    port.give(this);
    fresh.add(port);
    loop.wake();
  }

  @Override
  public int turn(int most) {
    Port next = fresh.poll();
    while (next != null) {
      ports.put(next.number(), next);
      next = fresh.poll();
    }
    int events = 0;
    for (Port each : List.copyOf(ports.values())) {
      events += ports.containsKey(each.number()) && each.turn() ? 1 : 0;
    }
    synchronized (directory) {
      newcomers.onTimer(loop.now());
    }
    carryOut();
    return events;
  }

  @Override
  public void opened(Port port, Moment arrived) {
    synchronized (directory) {
      newcomers.onOpened(port.number(), port.caller(), arrived);
    }
    carryOut();
  }

  @Override
  public void frame(Port port, FailoverFrame frame, Moment arrived) {
    Newcomers.Announced<Beginning> announced;
    synchronized (directory) {
      announced = newcomers.onFrame(port.number(), frame, arrived).orElse(null);
    }
    carryOut();
    if (announced != null) {
      ports.remove(port.number());
      announced.endpoint().take(port, announced.connect(), arrived);
    }
  }

  @Override
  public void malformed(Port port, String why, Moment arrived) {
    synchronized (directory) {
      newcomers.onMalformed(port.number(), why);
    }
    carryOut();
  }

  @Override
  public void ended(Port port, String why, Moment now) {
    synchronized (directory) {
      newcomers.onEnded(port.number());
    }
    ports.remove(port.number());
  }

  private void carryOut() {
    for (Effect each = outbox.poll(); each != null; each = outbox.poll()) {
      if (each instanceof Effect.Send send) {
        Port port = ports.get(send.connection());
        if (port != null) {
          port.send(send.frame());
          port.flush();
        }
      } else if (each instanceof Effect.Close close) {
        close(close);
      } else if (each instanceof Effect.Report report) {
        LOG.warn("failover: {}", report.what());
      }
    }
  }

  private void close(Effect.Close close) {
    Port port = ports.remove(close.connection());
    if (port != null) {
      LOG.debug("a connection from {} is closed: {}", port.session().remote(), close.why());
      port.close();
    }
  }

  @Override
  public long deadline() {
    synchronized (directory) {
      return newcomers.deadline();
    }
  }

  @Override
  public void failed(RuntimeException why) {
    ports.values().forEach(Port::close);
    ports.clear();
  }
}
