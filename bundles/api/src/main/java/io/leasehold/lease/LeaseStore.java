// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Makes leases durable and gives them back. All methods may be called from any thread.
 *
 * <p>After a failure that leaves the state of the medium unknown a store answers {@link
 * StoreStatus.Condition#STOPPED} and fails every waiting and new append. It tries by itself to open
 * again; when it has, {@link StoreStatus#epoch()} has grown and its user must {@link #replay}
 * before it appends, because changes that failed may or may not have survived.
 */
@ConsumerType
public interface LeaseStore {
  /** Name for operators, for example {@code journal}. */
  String name();

  /**
   * Gives all leases. Blocks until done.
   *
   * @throws StoreUnavailableException if the store is stopped or its content is damaged; the
   *     message names file and offset
   * @throws IOException if reading fails
   */
  Replay replay(LeaseSink into) throws IOException;

  /**
   * Appends a batch. Never blocks. The stage completes when the batch is durable on this store's
   * terms, in the order of the calls of one thread, on a thread of the store which must not be held
   * up; it fails with {@link StoreUnavailableException} when the store is stopped or its queue is
   * full.
   */
  CompletionStage<Position> append(Batch batch);

  /** A note, or empty. Does not block on the medium. */
  Optional<Bytes> readNote(String name);

  /** How the store is. Does not block. */
  StoreStatus status();

  /** Asks for a compaction; a store also does it by itself. The stage completes when it is done. */
  CompletionStage<Void> compact();

  /**
   * Something that only some stores can do: {@link Snapshots}, {@link StoreMaintenance}.
   *
   * @return empty if this store cannot
   */
  default <A> Optional<A> ability(Class<A> wanted) {
    return Optional.empty();
  }
}
