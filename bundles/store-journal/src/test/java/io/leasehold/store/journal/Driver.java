// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;

/**
 * Runs a store without threads and with a clock of its own, so that every run of a test is the
 * same.
 */
final class Driver {
  static final JournalSettings SMALL =
      new JournalSettings(JournalSettings.Sync.GROUP, 100, 64 << 10, 1000, 1 << 20);

  private final SimMedium medium;
  private final JournalLeaseStore store;
  private long nanos;

  Driver(SimMedium medium, RandomGenerator random) {
    this(medium, random, SMALL);
  }

  Driver(SimMedium medium, RandomGenerator random, JournalSettings settings) {
    this(medium, random, settings, Pace.AT_ONCE);
  }

  Driver(SimMedium medium, RandomGenerator random, JournalSettings settings, Pace pace) {
    this.medium = medium;
    Workers workers =
        new Workers() {
          @Override
          public int width() {
            return 3;
          }

          @Override
          public void run(List<Piece> pieces) throws IOException {
            for (Piece piece : pieces) {
              piece.run();
            }
          }
        };
    JournalTools tools =
        new JournalTools(
            () -> new UUID(random.nextLong(), random.nextLong()), () -> nanos, workers, pace);
    store = new JournalLeaseStore(medium, settings, tools);
  }

  JournalLeaseStore store() {
    return store;
  }

  /** Lets the store do what there is to do. */
  void round() {
    store.loop().round(0);
  }

  /** Lets the housekeeper do what there is to do. */
  void tidy() {
    store.housekeeper().round(0);
  }

  void pass(long seconds) {
    nanos += seconds * 1_000_000_000L;
  }

  /** Opens the store; it must succeed. */
  Driver open() {
    round();
    assertThat(store.status().takesChanges()).as(store.status().cause()).isTrue();
    return this;
  }

  /** Lets time go by until the store is open, or the machine is off. */
  void awaitOpen() {
    for (int i = 0; i < 200 && !store.status().takesChanges() && !medium.isCrashed(); i++) {
      pass(61);
      round();
    }
  }

  CompletableFuture<Position> append(Batch batch) {
    return store.append(batch).toCompletableFuture();
  }

  /** Appends and commits at once. */
  boolean commit(Batch batch) {
    CompletableFuture<Position> done = append(batch);
    round();
    assertThat(done).isDone();
    return !done.isCompletedExceptionally();
  }

  void compact() {
    CompletableFuture<Void> done = store.compact().toCompletableFuture();
    round();
    tidy();
    assertThat(done).isDone();
  }

  void close() {
    store.loop().close();
    assertThat(store.loop().round(0)).isFalse();
    assertThat(store.housekeeper().round(0)).isFalse();
  }

  /** What a store holds. */
  record Content(Map<LeaseKey, Lease> leases, Map<String, Bytes> notes) {
    Content() {
      this(new TreeMap<>(), new TreeMap<>());
    }

    Content copy() {
      return new Content(new TreeMap<>(leases), new TreeMap<>(notes));
    }

    Content plus(Batch batch) {
      Content next = copy();
      batch
          .leases()
          .forEach(
              change ->
                  change
                      .lease()
                      .ifPresentOrElse(
                          lease -> next.leases.put(change.key(), lease),
                          () -> next.leases.remove(change.key())));
      for (NoteChange note : batch.notes()) {
        if (note.value().isEmpty()) {
          next.notes.remove(note.name());
        } else {
          next.notes.put(note.name(), note.value());
        }
      }
      return next;
    }
  }

  /** What the store gives back, with the notes of the names "n0" to "n9". */
  Content content() throws IOException {
    Content content = new Content();
    Replay replay =
        store.replay(
            new LeaseSink() {
              @Override
              public void put(Lease lease) {
                content.leases.put(lease.key(), lease);
              }

              @Override
              public void remove(LeaseKey key) {
                content.leases.remove(key);
              }
            });
    assertThat(replay.changes()).isGreaterThanOrEqualTo(content.leases.size());
    for (int i = 0; i < 10; i++) {
      String name = "n" + i;
      store.readNote(name).ifPresent(value -> content.notes.put(name, value));
    }
    return content;
  }
}
