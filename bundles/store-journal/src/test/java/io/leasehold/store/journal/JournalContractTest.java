// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.LeaseStore;
import io.leasehold.store.journal.osgi.RunningJournal;
import io.leasehold.testkit.LeaseStoreContract;
import io.leasehold.testkit.StoreFaults;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/** The contract on a simulated medium, with its faults and small segments. */
class JournalContractTest extends LeaseStoreContract {
  private static final JournalSettings SETTINGS =
      new JournalSettings(JournalSettings.Sync.GROUP, 100, 256 << 10, 20_000, 4 << 20);

  private final SimMedium medium = new SimMedium(1);
  private final Map<LeaseStore, RunningJournal> running = new IdentityHashMap<>();

  @Override
  protected LeaseStore open() {
    RunningJournal journal = new RunningJournal(medium, SETTINGS, 1000);
    running.put(journal.store(), journal);
    return journal.store();
  }

  @Override
  protected Optional<LeaseStore> openAnother() {
    RunningJournal journal = new RunningJournal(new SimMedium(2), SETTINGS, 1000);
    running.put(journal.store(), journal);
    return Optional.of(journal.store());
  }

  @Override
  protected void close(LeaseStore opened) {
    running.remove(opened).close();
  }

  @Override
  protected Optional<StoreFaults> faults() {
    return Optional.of(medium);
  }
}
