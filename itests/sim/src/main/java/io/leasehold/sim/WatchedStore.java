// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.net.Bytes;
import io.leasehold.store.journal.JournalLeaseStore;
import io.leasehold.store.journal.SimMedium;
import io.leasehold.testkit.sim.SimWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The journal as the server sees it, with somebody who looks over its shoulder: on what is given to
 * it, on the disk when it says that something is durable, and on what it gives back.
 */
final class WatchedStore implements LeaseStore {
  private final SimWorld world;
  private final JournalLeaseStore journal;
  private final SimMedium medium;
  private final Chronicle chronicle;
  private final Runnable wake;
  private int open;
  private boolean off;

  /**
   * Watches a journal.
   *
   * @param wake is called when there is something to do for it
   */
  WatchedStore(
      SimWorld world,
      JournalLeaseStore journal,
      SimMedium medium,
      Chronicle chronicle,
      Runnable wake) {
    this.world = world;
    this.journal = journal;
    this.medium = medium;
    this.chronicle = chronicle;
    this.wake = wake;
  }

  /** How many batches are on their way. */
  int open() {
    return open;
  }

  /** The machine is off: nobody hears of anything any more. */
  void off() {
    off = true;
  }

  @Override
  public String name() {
    return journal.name();
  }

  @Override
  public CompletionStage<Position> append(Batch batch) {
    Chronicle.Entry entry = chronicle.append(batch);
    open++;
    wake.run();
    return journal.append(batch).whenComplete((position, failure) -> ended(entry, failure));
  }

  private void ended(Chronicle.Entry entry, Throwable failure) {
    open--;
    if (off) {
      return;
    }
    if (failure == null) {
      String written = newestSegment();
      if (medium.isAtRisk(written)) {
        world.fail("acknowledged, and not on the disk: " + written);
      }
      chronicle.acknowledge(entry);
    } else {
      world.note("append failed: " + failure.getMessage());
    }
  }

  private String newestSegment() {
    return medium.files().stream()
        .filter(name -> name.endsWith(".seg"))
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }

  @Override
  public Replay replay(LeaseSink into) throws IOException {
    Map<LeaseKey, Lease> content = new HashMap<>();
    Replay replay =
        journal.replay(
            new LeaseSink() {
              @Override
              public void put(Lease lease) {
                content.put(lease.key(), lease);
                into.put(lease);
              }

              @Override
              public void putEncoded(ByteBuffer encoded) {
                Lease lease = LeaseFormat.decode(encoded.duplicate());
                content.put(lease.key(), lease);
                into.putEncoded(encoded);
              }

              @Override
              public void remove(LeaseKey key) {
                content.remove(key);
                into.remove(key);
              }
            });
    world.note("the server reads " + content.size() + " leases " + replay.repairs());
    chronicle.read(content);
    return replay;
  }

  @Override
  public Optional<Bytes> readNote(String name) {
    return journal.readNote(name);
  }

  @Override
  public StoreStatus status() {
    return journal.status();
  }

  @Override
  public CompletionStage<Void> compact() {
    wake.run();
    return journal.compact();
  }
}
