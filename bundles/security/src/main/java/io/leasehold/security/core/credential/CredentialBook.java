// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.net.Bytes;
import io.leasehold.security.AuditSink;
import io.leasehold.security.Credential;
import io.leasehold.security.CredentialStatus;
import io.leasehold.security.CredentialStore;
import io.leasehold.security.core.listen.Listeners;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All credentials. Configuration comes in by {@link #put} and {@link #remove}, changes of files by
 * {@link #look}. Any thread; listeners are called without a lock held.
 */
public final class CredentialBook implements CredentialStore {
  /** Channels that are being made may still hold the version before. */
  private static final Duration ERASE_AFTER = Duration.ofMinutes(1);

  private final SecretPlaces places;
  private final AuditSink audit;
  private final InstantSource clock;
  private final Listeners listeners = new Listeners();
  private final Map<String, Instant> used = new ConcurrentHashMap<>();

  /** All that follows is read and changed under the lock of this. */
  private final Map<String, Entry> entries = new TreeMap<>();

  private final Map<Credential, Instant> replaced = new IdentityHashMap<>();
  private final ExpiryWatch expiry;

  /** What lookups read without the lock. */
  private volatile Snapshot snapshot = new Snapshot(Map.of(), List.of());

  /** A key and the digest of its identity, as long for each. */
  private record Identified(Bytes digest, Entry entry) {}

  private record Snapshot(Map<String, Entry> entries, List<Identified> keys) {}

  /** A book without credentials. */
  public CredentialBook(SecretPlaces places, AuditSink audit, InstantSource clock) {
    this.places = places;
    this.audit = audit;
    this.clock = clock;
    this.expiry = new ExpiryWatch(audit);
  }

  /** Takes a credential from the configuration, or another version of it. */
  public void put(CredentialSpec spec) {
    Entry entry = new Entry(spec);
    entry.read(places, clock.instant());
    synchronized (this) {
      Entry before = entries.put(spec.name(), entry);
      if (before != null && !entry.adopt(before)) {
        retire(before);
      }
      audit.event("credential-configured", spec.name(), describe(entry));
      publish();
    }
    listeners.tell();
  }

  /** Forgets a credential that is not configured any more. */
  public void remove(String name) {
    synchronized (this) {
      Entry gone = entries.remove(name);
      if (gone == null) {
        return;
      }
      retire(gone);
      used.remove(name);
      audit.event("credential-removed", name, "it is not configured any more");
      publish();
    }
    listeners.tell();
  }

  /** Looks whether files have changed and certificates end. Called every two seconds or so. */
  public void look() {
    boolean changed = false;
    synchronized (this) {
      Instant now = clock.instant();
      for (Entry entry : entries.values()) {
        if (entry.stale()) {
          String before = describe(entry);
          Optional<Credential> held = entry.held();
          entry.read(places, now).ifPresent(old -> replaced.put(old, now));
          boolean another = !held.equals(entry.held());
          if (another || !before.equals(describe(entry))) {
            audit.event("credential-changed", entry.spec().name(), describe(entry));
            changed = true;
          }
        }
      }
      changed |= expiry.look(entries.values(), now);
      eraseReplaced(now);
      if (changed) {
        publish();
      }
    }
    if (changed) {
      listeners.tell();
    }
  }

  private void retire(Entry entry) {
    entry.held().ifPresent(old -> replaced.put(old, clock.instant()));
  }

  private void eraseReplaced(Instant now) {
    for (Iterator<Map.Entry<Credential, Instant>> each = replaced.entrySet().iterator();
        each.hasNext(); ) {
      Map.Entry<Credential, Instant> old = each.next();
      if (old.getValue().plus(ERASE_AFTER).isBefore(now)) {
        Entry.erase(old.getKey());
        each.remove();
      }
    }
  }

  private void publish() {
    Clashes.find(entries.values());
    List<Identified> keys = new ArrayList<>();
    for (Entry entry : entries.values()) {
      if (entry.usable(clock.instant()).orElse(null) instanceof Credential.PreSharedKey key) {
        keys.add(new Identified(Digests.plain(key.identity().toArray()), entry));
      }
    }
    snapshot = new Snapshot(new TreeMap<>(entries), List.copyOf(keys));
  }

  private String describe(Entry entry) {
    return entry.status(clock.instant(), null).detail();
  }

  @Override
  public Optional<Credential> credential(String name) {
    Entry entry = snapshot.entries.get(name);
    return entry == null ? Optional.empty() : entry.usable(clock.instant());
  }

  @Override
  public Optional<Credential.PreSharedKey> preSharedKey(Bytes identity) {
    byte[] wanted = Digests.plain(identity.toArray()).toArray();
    Optional<Credential.PreSharedKey> found = Optional.empty();
    // No way out before the end: how long it takes must not tell which identities there are.
    for (Identified each : snapshot.keys) {
      boolean same = MessageDigest.isEqual(wanted, each.digest.toArray());
      Optional<Credential.PreSharedKey> key =
          each.entry.held().map(Credential.PreSharedKey.class::cast);
      found = same ? key : found;
    }
    return found;
  }

  @Override
  public List<CredentialStatus> status() {
    Instant now = clock.instant();
    return snapshot.entries.values().stream()
        .map(entry -> entry.status(now, used.get(entry.spec().name())))
        .toList();
  }

  /** What wants attention, a sentence each. */
  public List<String> alarms() {
    Instant now = clock.instant();
    List<String> alarms = new ArrayList<>();
    for (Entry entry : snapshot.entries.values()) {
      String name = "credential " + entry.spec().name() + ": ";
      String reason = entry.reason(now);
      if (!reason.isEmpty()) {
        alarms.add(name + reason);
      }
      entry.remarks().forEach(remark -> alarms.add(name + remark));
      ExpiryWatch.warning(entry, now).ifPresent(warning -> alarms.add(name + warning));
    }
    return alarms;
  }

  @Override
  public void used(String name) {
    if (snapshot.entries.containsKey(name)) {
      used.put(name, clock.instant());
    }
  }

  @Override
  public AutoCloseable onChange(Runnable listener) {
    return listeners.add(listener);
  }

  /** Erases every key. */
  public synchronized void close() {
    snapshot = new Snapshot(Map.of(), List.of());
    entries.values().forEach(entry -> entry.held().ifPresent(Entry::erase));
    entries.clear();
    replaced.keySet().forEach(Entry::erase);
    replaced.clear();
  }
}
