// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.relay.agent.RelaySettings.RateSettings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands between what comes from the network and an agent: nothing is thrown through it, and what
 * is too large or too much does not get to the agent. Any thread.
 */
public final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private static final int SENDERS = 16_384;
  private static final int INTERFACES = 4096;

  private final Agent agent;
  private final int maxMessageOctets;
  private final Tally tally;
  private final RateLimit interfaces;
  private final RateLimit clients;

  private record Sender(String interfaceName, Object address) {}

  /** Guards an agent. */
  public Intake(Agent agent, RelaySettings settings, Tally tally) {
    RateSettings limits = settings.limits();
    this.agent = agent;
    this.maxMessageOctets = settings.maxMessageOctets();
    this.tally = tally;
    this.interfaces = new RateLimit(limits.perInterface(), limits.interfaceBurst(), INTERFACES);
    this.clients = new RateLimit(limits.perClient(), limits.clientBurst(), SENDERS);
    tally.declare(CommonDrop.values());
  }

  /** What to do about a message. */
  public List<Effect> arrived(Bytes message, Arrival arrival, long nowMillis) {
    tally.count(CommonDrop.RECEIVED);
    if (message.length() > maxMessageOctets) {
      return drop(CommonDrop.TOO_LARGE);
    }
    if (arrival.side() == Arrival.Side.CLIENTS) {
      // First by client, so that one of them does not use up what its link may send.
      Sender sender = new Sender(arrival.interfaceName(), arrival.remote());
      if (!clients.admits(sender, nowMillis)) {
        return drop(CommonDrop.RATE_CLIENT);
      }
      if (!interfaces.admits(arrival.interfaceName(), nowMillis)) {
        return drop(CommonDrop.RATE_INTERFACE);
      }
    }
    try {
      return agent.arrived(message, arrival, nowMillis);
    } catch (MalformedPacketException e) {
      LOG.debug("{} octets from {}: {}", message.length(), arrival.remote(), e.getMessage());
      return drop(CommonDrop.MALFORMED);
    } catch (RuntimeException e) {
      LOG.warn("cannot relay {} octets from {}", message.length(), arrival.remote(), e);
      return drop(CommonDrop.DEFECT);
    }
  }

  private static List<Effect> drop(DropReason why) {
    return List.of(new Effect.Drop(why));
  }
}
