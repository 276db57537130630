// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.peer;

import io.leasehold.security.AuditSink;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerDirectory;
import io.leasehold.security.core.listen.Listeners;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * All peers. What would make two of them one is refused for both: a name, a pin or a pre-shared key
 * belongs to one peer. Any thread; listeners are called without a lock held.
 */
public final class PeerBook implements PeerDirectory {
  private final AuditSink audit;
  private final Listeners listeners = new Listeners();

  /** As configured; read and changed under the lock of this. */
  private final Map<String, PeerSpec> configured = new TreeMap<>();

  private volatile Snapshot snapshot = new Snapshot(Map.of(), Map.of(), Map.of(), List.of());

  /** What is in force, and of keys without a peer why they have none. */
  private record Snapshot(
      Map<String, Peer> peers,
      Map<String, Peer> byPreSharedKey,
      Map<String, String> whyNobody,
      List<String> alarms) {}

  /** A directory without entries. */
  public PeerBook(AuditSink audit) {
    this.audit = audit;
  }

  /** Takes an entry from the configuration, or another version of it. */
  public void put(String id, PeerSpec spec) {
    change(() -> configured.put(id, spec));
    audit.event(
        "peer-configured", id, spec.faults().isEmpty() ? "" : String.join("; ", spec.faults()));
  }

  /** Forgets an entry. */
  public void remove(String id) {
    change(() -> configured.remove(id));
    audit.event("peer-removed", id, "it is not configured any more");
  }

  private void change(Runnable change) {
    synchronized (this) {
      change.run();
      publish();
    }
    listeners.tell();
  }

  private void publish() {
    List<String> alarms = new ArrayList<>();
    configured.forEach(
        (id, spec) -> spec.faults().forEach(fault -> alarms.add("peer " + id + ": " + fault)));
    List<Peer> sound = configured.values().stream().flatMap(spec -> spec.peer().stream()).toList();
    Map<Object, TreeSet<String>> names = owners(sound, Peer::names);
    Map<Object, TreeSet<String>> pins = owners(sound, Peer::pins);
    Map<Object, TreeSet<String>> keys = owners(sound, Peer::preSharedKeys);
    clashes("name", names, alarms);
    clashes("pin", pins, alarms);
    clashes("pre-shared key", keys, alarms);
    Map<String, Peer> peers = new TreeMap<>();
    Map<String, Peer> byKey = new HashMap<>();
    for (Peer peer : sound) {
      Peer alone =
          new Peer(
              peer.id(),
              peer.roles(),
              unclaimed(peer.names(), names),
              peer.wildcards(),
              unclaimed(peer.pins(), pins),
              unclaimed(peer.preSharedKeys(), keys),
              peer.scope(),
              peer.pools(),
              peer.addresses());
      peers.put(alone.id(), alone);
      alone.preSharedKeys().forEach(key -> byKey.put(key, alone));
    }
    snapshot = new Snapshot(peers, byKey, reasons(keys), alarms);
  }

  private Map<String, String> reasons(Map<Object, TreeSet<String>> keys) {
    Map<String, String> reasons = new HashMap<>();
    configured.forEach(
        (id, spec) -> {
          if (spec.peer().isEmpty()) {
            spec.preSharedKeys().forEach(key -> reasons.put(key, invalid(key, id, spec)));
          }
        });
    keys.forEach(
        (key, peers) -> {
          if (peers.size() > 1) {
            reasons.put(
                key.toString(),
                "pre-shared key '%s' is in psk of the peers %s; leave it to one of them"
                    .formatted(key, String.join(", ", peers)));
          }
        });
    return reasons;
  }

  private static String invalid(String key, String id, PeerSpec spec) {
    return "pre-shared key '%s' is that of peer '%s', of which nothing is used until etc/io.leasehold.security.peer-%s.cfg is right: %s"
        .formatted(key, id, id, String.join("; ", spec.faults()));
  }

  private static Map<Object, TreeSet<String>> owners(
      List<Peer> peers, Function<Peer, Collection<?>> what) {
    Map<Object, TreeSet<String>> owners = new HashMap<>();
    peers.forEach(
        peer ->
            what.apply(peer)
                .forEach(
                    each -> owners.computeIfAbsent(each, any -> new TreeSet<>()).add(peer.id())));
    return owners;
  }

  private static <T> List<T> unclaimed(List<T> own, Map<Object, TreeSet<String>> owners) {
    return own.stream().filter(each -> owners.get(each).size() == 1).toList();
  }

  private static void clashes(
      String what, Map<Object, TreeSet<String>> owners, List<String> alarms) {
    owners.forEach(
        (value, peers) -> {
          if (peers.size() > 1) {
            alarms.add(
                "peers %s: the same %s (%s) is in each; it is refused for all of them, because nobody could tell them apart"
                    .formatted(String.join(", ", peers), what, value));
          }
        });
  }

  @Override
  public List<Peer> peers() {
    return List.copyOf(snapshot.peers.values());
  }

  @Override
  public Optional<Peer> peer(String id) {
    return Optional.ofNullable(snapshot.peers.get(Objects.requireNonNull(id)));
  }

  @Override
  public Optional<Peer> byPreSharedKey(String credential) {
    return Optional.ofNullable(snapshot.byPreSharedKey.get(Objects.requireNonNull(credential)));
  }

  @Override
  public String whyNobody(String credential) {
    String reason = snapshot.whyNobody.get(credential);
    return reason == null ? PeerDirectory.super.whyNobody(credential) : reason;
  }

  @Override
  public List<String> faults() {
    return snapshot.alarms;
  }

  /** What is wrong with the entries, a sentence each. */
  public List<String> alarms() {
    return snapshot.alarms;
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    return listeners.add(listener);
  }
}
