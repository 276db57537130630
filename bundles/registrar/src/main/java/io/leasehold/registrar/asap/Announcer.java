// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.ServerAnnounce;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Announces a registrar (RFC 5352 section 3.6), all registrars of a link together about once in T6.
 * Others are counted only if they are known as registrars: nobody is silenced by who pretends to be
 * many. Of the thread of the registrar.
 */
public final class Announcer {
  /** T6-Serverannounce. */
  static final Duration PERIOD = Duration.ofSeconds(1);

  /** One that was not heard for so many of the present periods announces no more. */
  private static final int MISSED = 3;

  /** The registrar that is announced. */
  public interface Self {
    /** Its server identifier. */
    long serverId();

    /** Whether it answers elements and users. */
    boolean isReady();

    /** Whether this is the identifier of another registrar that takes part. */
    boolean isPeer(long server, long now);
  }

  private final List<TransportParameter> transports;
  private final Self self;
  private final Consumer<Bytes> group;
  private final Map<Long, Long> others = new HashMap<>();
  private long next;

  /**
   * One that begins at once.
   *
   * @param transports where the registrar serves
   * @param group says something to all
   */
  public Announcer(
      List<TransportParameter> transports, Self self, Consumer<Bytes> group, long now) {
    this.transports = List.copyOf(transports);
    this.self = self;
    this.group = group;
    this.next = now;
  }

  /** Something was sent to the group, by anybody. */
  public void heard(Bytes message, long now) {
    try {
      if (AsapMessage.decode(message) instanceof Decoded.Accepted<AsapMessage> accepted
          && accepted.message() instanceof ServerAnnounce announcement
          && announcement.server() != self.serverId()
          && self.isPeer(announcement.server(), now)) {
        others.put(announcement.server(), now);
      }
    } catch (MalformedPacketException e) {
      return; // of no interest to a registrar
    }
  }

  private long period() {
    return (others.size() + 1) * PERIOD.toNanos();
  }

  /** The time of {@link #deadline} may have come. */
  public void onTimer(long now) {
    if (now - next < 0) {
      return;
    }
    long patience = MISSED * period();
    others.values().removeIf(last -> now - last > patience);
    next = now + period();
    if (self.isReady()) {
      group.accept(new ServerAnnounce(self.serverId(), transports).encode());
    }
  }

  /** When {@link #onTimer} is to be called. */
  public long deadline() {
    return next;
  }
}
