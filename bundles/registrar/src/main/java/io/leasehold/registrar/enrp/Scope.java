// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.PoolChanges;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import io.leasehold.rserpool.wire.enrp.Presence;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the parts of a registrar's ENRP share. Of the thread of the registrar. */
final class Scope {
  /** How long an alarm lasts that nothing ends. */
  private static final Duration SUSPICION = Duration.ofMinutes(10);

  final Premises premises;
  final EnrpSettings settings;
  final Sessions sessions;
  final PoolChanges changes;

  /** Every other registrar. */
  final Map<Long, Peer> peers = new TreeMap<>();

  /** Whether the whole handlespace is here. */
  boolean isReady;

  private final Set<Reading> readings = new HashSet<>();
  private long serverId;

  Scope(Premises premises, EnrpSettings settings, Sessions sessions, PoolChanges changes) {
    this.premises = premises;
    this.settings = settings;
    this.sessions = sessions;
    this.changes = changes;
    chooseServerId();
  }

  /** RFC 5353 section 3.2.1: at random, and not 0. */
  void chooseServerId() {
    long chosen;
    do {
      chosen = Integer.toUnsignedLong(premises.random().nextInt());
    } while (chosen == EnrpMessage.EVERYBODY || chosen == serverId);
    serverId = chosen;
  }

  long serverId() {
    return serverId;
  }

  Handlespace space() {
    return premises.space();
  }

  Notebook notebook() {
    return premises.notebook();
  }

  EnrpTimers timers() {
    return settings.timers();
  }

  EnrpLimits limits() {
    return settings.limits();
  }

  void count(EnrpCount what) {
    notebook().count(what);
  }

  static long after(long now, Duration time) {
    return now + time.toNanos();
  }

  boolean send(Link link, EnrpMessage message) {
    boolean isSent = link != null && sessions.send(link.session, message.encode());
    if (!isSent) {
      count(EnrpCount.ENRP_SEND_FAILURES);
    }
    return isSent;
  }

  /** To every registrar that there is a connection with (RFC 5353 section 3.1). */
  void toAll(EnrpMessage message) {
    for (Peer each : peers.values()) {
      if (each.link() != null) {
        send(each.link(), message);
      }
    }
  }

  /** RFC 5353 section 3.6.1 rule 2: always with the checksum of now. */
  Presence presence(long receiver, boolean isReplyRequired, boolean isComplete) {
    Optional<ServerInformation> information =
        isComplete && !settings.own().isEmpty()
            ? Optional.of(new ServerInformation(serverId, settings.own()))
            : Optional.empty();
    return new Presence(
        serverId, receiver, isReplyRequired, space().checksum(serverId), information);
  }

  /** A registrar that others tell of; null if there are too many. */
  Peer introduce(long id, long now) {
    Peer known = peers.get(id);
    if (known == null && peers.size() < limits().peers()) {
      known = new Peer(id, now);
      peers.put(id, known);
    }
    return known;
  }

  /** Puts what another registrar says of a pool element into the handlespace. */
  boolean put(PoolHandle handle, PoolElement element, long now) {
    ElementKey key = new ElementKey(handle, element.identifier());
    Optional<PoolElement> before = space().member(key).map(member -> member.element());
    if (!space().put(handle, element)) {
      count(EnrpCount.ENRP_NO_ROOM);
      notebook()
          .alarm(
              "handlespace-full",
              "pool elements of other registrars find no room here; raise the limits of the handlespace");
      return false;
    }
    if (before.isPresent() && before.get().home() == serverId && element.home() != serverId) {
      changes.lost(key, now);
    }
    if (before.isEmpty() || !before.get().ownedBy(element.home()).equals(element)) {
      changes.changed(handle, now);
    }
    return true;
  }

  /** Removes pool elements because another registrar says that they are gone. */
  void gone(Collection<ElementKey> keys, long now) {
    Set<PoolHandle> pools = new LinkedHashSet<>();
    keys.forEach(key -> pools.add(key.handle()));
    pools.forEach(pool -> changes.changed(pool, now));
  }

  /** Somebody tells of what he does not own (RFC 5355 section 2.17); nothing of it is believed. */
  void suspect(Peer peer, String what, long now) {
    count(EnrpCount.ENRP_FOREIGN_UPDATES);
    if (peer.suspectUntil == SessionEvents.NEVER) {
      notebook().note("registrar %s %s".formatted(peer.who(), what));
      notebook()
          .alarm(
              suspicion(peer),
              "registrar %s says of pool elements what is not for it to say; it is ignored, dhcp:registrar-list --json has what it was among its events; see whether that host is in good hands"
                  .formatted(peer.who()));
    }
    peer.suspectUntil = after(now, SUSPICION);
  }

  void trust(Peer peer) {
    peer.suspectUntil = SessionEvents.NEVER;
    notebook().clear(suspicion(peer));
  }

  private static String suspicion(Peer peer) {
    return "foreign-update-" + Unsigned.hex(peer.id);
  }

  void begin(Reading reading) {
    readings.add(reading);
  }

  void end(Reading reading) {
    readings.remove(reading);
  }

  /** What has changed now is newer than any page that is under way. */
  void touch(ElementKey key) {
    readings.forEach(each -> each.touch(key));
  }
}
