// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in for a journal whose configuration is wrong. */
final class RefusedStore implements LeaseStore {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedStore.class);

  private final String cause;

  RefusedStore(String cause) {
    this.cause = cause;
    LOG.error("lease journal: {}", cause);
  }

  @Override
  public String name() {
    return "journal";
  }

  @Override
  public Replay replay(LeaseSink into) throws IOException {
    throw new StoreUnavailableException(cause);
  }

  @Override
  public CompletionStage<Position> append(Batch batch) {
    return CompletableFuture.failedFuture(new StoreUnavailableException(cause));
  }

  @Override
  public Optional<Bytes> readNote(String note) {
    return Optional.empty();
  }

  @Override
  public StoreStatus status() {
    return new StoreStatus(StoreStatus.Condition.STOPPED, 0, cause, Map.of());
  }

  @Override
  public CompletionStage<Void> compact() {
    return CompletableFuture.failedFuture(new StoreUnavailableException(cause));
  }
}
