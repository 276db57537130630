// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseSink;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.Position;
import io.leasehold.lease.Replay;
import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.lease.text.ImportReport;
import io.leasehold.lease.text.LeaseImport;
import io.leasehold.net.Bytes;
import io.leasehold.server.LeaseIntake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Imports leases. While it does, the server sees a store that takes no changes; afterwards it sees
 * the real one again, and loads it as it does after every such time. So what is served and what is
 * stored cannot differ. Any thread.
 */
final class Intake implements LeaseIntake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final Supplier<LeaseStore> store;
  private final Supplier<CompletableFuture<Void>> settle;
  private final AtomicReference<LeaseStore> busy = new AtomicReference<>();

  /**
   * Imports nothing yet.
   *
   * @param store the real store, or null
   * @param settle lets the server look at its store; completes when it has done what follows
   */
  Intake(Supplier<LeaseStore> store, Supplier<CompletableFuture<Void>> settle) {
    this.store = store;
    this.settle = settle;
  }

  /** The store that the server is to use, or null. */
  LeaseStore storeInUse() {
    LeaseStore instead = busy.get();
    return instead == null ? store.get() : instead;
  }

  @Override
  public ImportReport take(List<Path> files) throws IOException {
    LeaseStore real = store.get();
    if (real == null || !real.status().takesChanges()) {
      throw new IOException(
          real == null
              ? "no lease store is installed"
              : "the lease store takes no changes: " + real.status().cause());
    }
    if (!busy.compareAndSet(null, new BusyStore(real))) {
      throw new IOException("another import runs");
    }
    try {
      settle();
      LOG.info("leases are imported into {} from {}", real.name(), files);
      ImportReport report = new LeaseImport(real::append).read(files);
      LOG.info("{} leases and notes imported into {}", report.changes(), real.name());
      return report;
    } finally {
      busy.set(null);
      settle();
    }
  }

  /** A server that stops meanwhile has nothing to settle. */
  private void settle() {
    settle.get().exceptionally(e -> null).join();
  }

  /** Stands before the real store during an import. */
  private record BusyStore(LeaseStore real) implements LeaseStore {
    private static final String CAUSE = "leases are being imported";

    @Override
    public String name() {
      return real.name();
    }

    @Override
    public Replay replay(LeaseSink into) throws IOException {
      throw new StoreUnavailableException(CAUSE);
    }

    @Override
    public CompletionStage<Position> append(Batch batch) {
      return CompletableFuture.failedFuture(new StoreUnavailableException(CAUSE));
    }

    @Override
    public Optional<Bytes> readNote(String note) {
      return real.readNote(note);
    }

    @Override
    public StoreStatus status() {
      StoreStatus status = real.status();
      return new StoreStatus(StoreStatus.Condition.STOPPED, status.epoch(), CAUSE, Map.of());
    }

    @Override
    public CompletionStage<Void> compact() {
      return CompletableFuture.failedFuture(new StoreUnavailableException(CAUSE));
    }
  }
}
