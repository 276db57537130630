// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuditSink;
import io.leasehold.server.RelaySeen;
import io.leasehold.server.protocol.RelayRefusal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Relay agents that have spoken to this server. Bounded: when it is full, those of whom nothing was
 * heard for an hour make room, and others are only counted. Any thread.
 */
public final class RelaysSeen {
  private static final Logger LOG = LoggerFactory.getLogger(RelaysSeen.class);
  private static final int MOST = 1024;
  private static final int MOST_LINKS = 16;
  private static final long STALE_MILLIS = 3_600_000;
  private static final long SAY_AGAIN_MILLIS = 3_600_000;

  /** By address if it came in clear, by name if it proved one. */
  private final Map<Object, Entry> entries = new ConcurrentHashMap<>();

  private final AtomicLong notKept = new AtomicLong();
  private final AtomicLong refusedUnkept = new AtomicLong();
  private final InstantSource clock;
  private final AuditSink audit;

  /**
   * Nobody yet.
   *
   * @param audit is told of who is refused, as often as the log
   */
  public RelaysSeen(InstantSource clock, AuditSink audit) {
    this.clock = clock;
    this.audit = audit;
  }

  private record PeerAt(String peerId, Ipv6 address) {}

  /** One of them. What races may lose is a count or a moment. */
  private static final class Entry {
    private final Ipv6 address;
    private final String carrier;
    private final String peer;
    private final long firstMillis;
    private volatile long lastMillis;
    private volatile Ipv6[] links = {};
    private volatile long messages;
    private volatile Assurance assurance = Assurance.NONE;
    private volatile RelayRefusal refusal;
    private volatile long saidMillis;

    Entry(Ipv6 address, String carrier, String peer, long now) {
      this.address = address;
      this.carrier = carrier;
      this.peer = peer;
      this.firstMillis = now;
      this.lastMillis = now;
    }

    private void speaksFor(Ipv6 link) {
      Ipv6[] known = links;
      for (Ipv6 each : known) {
        if (each.equals(link)) {
          return;
        }
      }
      if (known.length < MOST_LINKS && !link.isUnspecified()) {
        Ipv6[] more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = link;
        links = more;
      }
    }

    private RelaySeen seen() {
      RelayRefusal last = refusal;
      return new RelaySeen(
          address,
          List.of(links),
          carrier,
          peer,
          assurance,
          Instant.ofEpochMilli(firstMillis),
          Instant.ofEpochMilli(lastMillis),
          messages,
          last == null ? "" : last.word());
    }
  }

  /** A relay agent spoke as a plain datagram, or over a hop without a peer. */
  void spoke(Ipv6 address, String carrier, Ipv6 link, RelayRefusal refusalOrNull) {
    Entry entry = entries.get(address);
    if (entry == null) {
      entry = enter(address, new Entry(address, carrier, "", clock.millis()));
    }
    note(entry, address, link, refusalOrNull);
  }

  /** A peer spoke that proved who it is. */
  void spoke(HopSource source, Ipv6 address, Ipv6 link, RelayRefusal refusalOrNull) {
    PeerAt key = new PeerAt(source.peerId(), address);
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = enter(key, new Entry(address, source.carrier(), source.peerId(), clock.millis()));
    }
    if (entry != null) {
      entry.assurance = source.assurance();
    }
    note(entry, address, link, refusalOrNull);
  }

  private Entry enter(Object key, Entry fresh) {
    if (entries.size() >= MOST && !entries.containsKey(key)) {
      long stale = clock.millis() - STALE_MILLIS;
      entries.values().removeIf(entry -> entry.lastMillis < stale);
      if (entries.size() >= MOST) {
        notKept.incrementAndGet();
        return null;
      }
    }
    entries.put(key, fresh);
    return fresh;
  }

  private void note(Entry entryOrNull, Ipv6 address, Ipv6 link, RelayRefusal refusalOrNull) {
    if (entryOrNull == null) {
      if (refusalOrNull != null && Long.bitCount(refusedUnkept.incrementAndGet()) == 1) {
        say(address, link, refusalOrNull);
      }
      return;
    }
    long now = clock.millis();
    entryOrNull.lastMillis = now;
    entryOrNull.messages++;
    entryOrNull.speaksFor(link);
    entryOrNull.refusal = refusalOrNull;
    if (refusalOrNull != null && now - entryOrNull.saidMillis > SAY_AGAIN_MILLIS) {
      entryOrNull.saidMillis = now;
      say(address, link, refusalOrNull);
    }
  }

  private void say(Ipv6 address, Ipv6 link, RelayRefusal refusal) {
    audit.event(
        "relay-refused",
        address.toString(),
        refusal.word() + " for link " + link + ": " + refusal.remedy());
    LOG.warn(
        "relay agent {} speaks for link {} and is refused ({}): {}",
        address,
        link,
        refusal.word(),
        refusal.remedy());
  }

  /** All of them, those first that were refused last. */
  public List<RelaySeen> relays() {
    return entries.values().stream()
        .map(Entry::seen)
        .sorted(
            Comparator.comparing(RelaySeen::refusal).reversed().thenComparing(RelaySeen::address))
        .toList();
  }

  /** Messages of relay agents that had no room in the list. */
  public long notKept() {
    return notKept.get();
  }
}
