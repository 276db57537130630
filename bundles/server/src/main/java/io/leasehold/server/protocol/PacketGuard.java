// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.Decision.Topic;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.metric.ReceivedCounters;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between what comes from the network and whoever calls a protocol: nothing is thrown
 * through it, and every datagram that gets no answer is counted with a reason. Any thread.
 */
public final class PacketGuard {
  private static final Logger LOG = LoggerFactory.getLogger(PacketGuard.class);

  private final Family family;
  private final Counters counters;
  private final ReceivedCounters received;
  private final DropReason malformed;
  private final LogNames names;
  private final Defects defects;

  /**
   * Guards a protocol.
   *
   * @param malformed the reason to drop what is no message
   */
  public PacketGuard(
      Family family, Observers observers, ReceivedCounters received, DropReason malformed) {
    this.family = family;
    this.counters = observers.counters();
    this.names = observers.names();
    this.received = received;
    this.malformed = malformed;
    this.defects = new Defects(family, counters);
  }

  /** What a reader makes of a datagram; null if it drops it or cannot read it. */
  public <R> R receive(Bytes datagram, Arrival arrival, Supplier<R> reader) {
    counters.count(PacketCounter.RECEIVED.of(family));
    arrival.explanation().begin(family, datagram);
    try {
      return reader.get();
    } catch (MalformedPacketException e) {
      arrival.explanation().step(Topic.MESSAGE, "malformed", e.getMessage());
      counters.count(PacketCounter.PARSE_FAILED.of(family));
      counters.count(received.malformed(e.reason()));
      if (LOG.isDebugEnabled()) {
        LOG.debug("dropped {} octets from {}: {}", datagram.length(), names.origin(arrival), e);
      }
      return drop(malformed, datagram, arrival);
    } catch (RuntimeException e) {
      report(datagram, arrival, e);
      return null;
    }
  }

  /** Counts a message of a type. */
  public void countMessage(int type) {
    counters.count(received.message(type));
  }

  /** What an answerer says to a request; silence if it throws. */
  public Outcome answer(Request request, Supplier<Outcome> answerer) {
    try {
      return answerer.get();
    } catch (MalformedPacketException e) {
      request.explanation().step(Topic.MESSAGE, "malformed", e.getMessage());
      if (LOG.isDebugEnabled()) {
        LOG.debug(
            "cannot read a packet of {}: {}", names.client(request.clientKey()), e.getMessage());
      }
      return silence(malformed, request);
    } catch (RuntimeException e) {
      report(request.message(), request.arrival(), e);
      return Outcome.SILENCE;
    }
  }

  /** Counts a datagram that is not answered; returns null. */
  public <R> R drop(DropReason why, Object packet, Arrival arrival) {
    counters.count(PacketCounter.RECEIVE_DROP.of(family));
    counters.count(why.counter());
    arrival.explanation().dropped(why.counter(), why.meaning());
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} from {} on {} is dropped: {}",
          names.message(packet),
          names.origin(arrival),
          arrival.interfaceName(),
          why);
    }
    return null;
  }

  /** Tells the log what is answered to a request. */
  public void answered(Request request, Object reply) {
    if (LOG.isDebugEnabled()) {
      LOG.debug(
          "{} of {} from {} gets {}",
          names.message(request.message()),
          names.client(request.clientKey()),
          names.origin(request.arrival()),
          names.message(reply));
    }
  }

  private void report(Object packet, Arrival arrival, RuntimeException error) {
    defects.report(arrival, error);
    arrival
        .explanation()
        .dropped(PacketCounter.DEFECT.of(family), "an error in this program; the log has more");
    if (LOG.isDebugEnabled()) {
      LOG.debug("that was {} from {}", names.message(packet), names.origin(arrival));
    }
  }

  /** Counts a request that is not answered. */
  public Outcome silence(DropReason why, Request request) {
    drop(why, request.message(), request.arrival());
    return Outcome.SILENCE;
  }
}
