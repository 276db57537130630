// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Leases and note of one relationship. What fails at once fails as what fails later. Any thread.
 *
 * @param name of the relationship
 * @param governed the leases
 * @param store where the note is
 */
record RelationshipLeases(String name, GovernedLeases governed, LeaseStore store) {
  private String noteName() {
    return "failover/" + name;
  }

  /** What was stored last. Only while the store takes changes: before, notes are not read. */
  Optional<Bytes> note() {
    return store.readNote(noteName());
  }

  /** Whether the note can be read. */
  boolean isReady() {
    return store.status().takesChanges();
  }

  CompletionStage<?> persist(Bytes note) {
    Batch batch = new Batch(List.of(), List.of(new NoteChange(noteName(), note)));
    return guarded(() -> store.append(batch).thenApply(position -> null));
  }

  CompletionStage<?> edit(List<GovernedLeases.Edit> edits) {
    return guarded(() -> governed.edit(name, edits));
  }

  CompletionStage<?> amend(List<GovernedLeases.Edit> edits) {
    return guarded(() -> governed.amend(name, edits));
  }

  CompletionStage<?> page(Optional<LeaseKey> after, int limit) {
    return guarded(() -> governed.page(name, after, limit));
  }

  boolean contains(LeaseKey key) {
    return governed.contains(name, key);
  }

  List<GovernedLeases.Pool> pools() {
    return governed.pools(name);
  }

  private static CompletionStage<?> guarded(Supplier<CompletionStage<?>> call) {
    try {
      return call.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
