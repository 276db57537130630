// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.ParameterType;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.ServerAnnounce;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * What announcements say of registrars, for a hunt (RFC 5352 section 3.6). Anybody may announce, so
 * it is a place to try and nothing else: who is there has to prove that it is a registrar (RFC 5355
 * section 2.12), and what nothing protects is not tried. Belongs to the thread of its core;
 * counters to any.
 */
public final class Announcements {
  /** Announcements that are looked at in a second. */
  public static final int MOST_PER_SECOND = 100;

  /** Places of one announcement that are tried. */
  static final int MOST_PLACES = 4;

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final HuntSettings settings;
  private final RegistrarHunt hunt;
  private final LongAdder heard = new LongAdder();
  private final LongAdder tooMany = new LongAdder();
  private final LongAdder noRoom = new LongAdder();
  private final LongAdder invalid = new LongAdder();
  private final LongAdder unusable = new LongAdder();
  private long second;
  private int inSecond;

  /** For this hunt; nothing is heard if its settings do not want it. */
  public Announcements(HuntSettings settings, RegistrarHunt hunt, long now) {
    this.settings = settings;
    this.hunt = hunt;
    this.second = now;
  }

  /**
   * Something was sent to the group.
   *
   * @param source where it says that it is from
   */
  public void heard(Ipv6 source, Bytes message, long now) {
    if (settings.announced().isEmpty()) {
      return;
    }
    heard.increment();
    if (now - second >= SECOND) {
      second = now;
      inSecond = 0;
    }
    if (inSecond >= MOST_PER_SECOND) {
      tooMany.increment();
      return;
    }
    inSecond++;
    ServerAnnounce announcement = read(message);
    if (announcement == null) {
      invalid.increment();
      return;
    }
    List<TransportParameter> usable =
        announcement.transports(source).stream()
            .filter(Announcements::isUsable)
            .limit(MOST_PLACES)
            .toList();
    if (usable.isEmpty()) {
      unusable.increment();
    }
    String channel = settings.announced().get().channel();
    for (TransportParameter each : usable) {
      if (!hunt.announced(
          KnownRegistrar.announced(each.addresses().get(0), each.port(), channel), now)) {
        noRoom.increment();
      }
    }
  }

  private static ServerAnnounce read(Bytes message) {
    try {
      return AsapMessage.decode(message) instanceof Decoded.Accepted<AsapMessage> accepted
              && accepted.message() instanceof ServerAnnounce announcement
          ? announcement
          : null;
    } catch (MalformedPacketException e) {
      return null;
    }
  }

  /** A stream to one host, which can be protected. */
  private static boolean isUsable(TransportParameter transport) {
    if (transport.type() != ParameterType.TCP_TRANSPORT || transport.port() == 0) {
      return false;
    }
    Ipv6 address = transport.addresses().get(0);
    return !address.isMulticast() && !address.isUnspecified() && !address.isLinkLocal();
  }

  /** Counters by name in kebab case. */
  public Map<String, Long> counters() {
    return Map.of(
        "announcements-heard", heard.sum(),
        "announcements-too-many", tooMany.sum(),
        "announcements-no-room", noRoom.sum(),
        "announcements-invalid", invalid.sum(),
        "announcements-unusable", unusable.sum());
  }
}
