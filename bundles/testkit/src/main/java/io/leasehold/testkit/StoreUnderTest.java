// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * A store on a medium of the test's own. A subclass says how it is opened, and, where it can, how
 * to make that medium fail; tests that need more than it offers are skipped.
 */
public abstract class StoreUnderTest {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The store as it was opened last. */
  LeaseStore store;

  /**
   * Opens a store on the medium of this test, which is empty at first. It may need a while until it
   * takes changes.
   */
  protected abstract LeaseStore open() throws Exception;

  /** Ends a store in good order. */
  protected abstract void close(LeaseStore opened) throws Exception;

  /**
   * Opens a second store on an empty medium of its own, which {@link #close} ends too; empty if
   * there is only one.
   */
  protected Optional<LeaseStore> openAnother() throws Exception {
    return Optional.empty();
  }

  /** What can be made to go wrong under the store. */
  protected Optional<StoreFaults> faults() {
    return Optional.empty();
  }

  @BeforeEach
  void openFirst() throws Exception {
    store = open();
    StoreContent.awaitOpen(store);
  }

  @AfterEach
  void closeLast() throws Exception {
    faults().ifPresent(faults -> faults.withholdSyncs(false));
    close(store);
  }

  void reopen() throws Exception {
    close(store);
    openFirst();
  }

  Map<LeaseKey, Lease> leases() throws Exception {
    return StoreContent.of(store).leases();
  }

  StoreFaults needFaults() {
    assumeTrue(faults().isPresent(), "this store offers no faults");
    return faults().orElseThrow();
  }

  static LeaseChange put(long n, long version) {
    return LeaseChange.put(LeaseSamples.lease(n, version));
  }

  static NoteChange note(String name, int value) {
    return new NoteChange(name, Bytes.of(value));
  }
}
