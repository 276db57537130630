// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.lease.LeaseStore;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.testkit.LeaseStoreContract;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract on real files, with the settings of a server. */
class JournalOnFilesContractTest extends LeaseStoreContract {
  @TempDir Path directory;

  private final Map<LeaseStore, RunningJournal> running = new IdentityHashMap<>();

  @Override
  protected LeaseStore open() {
    RunningJournal journal =
        new RunningJournal(new FileMedium(directory), JournalSettings.DEFAULT, 1000);
    running.put(journal.store(), journal);
    return journal.store();
  }

  @Override
  protected Optional<LeaseStore> openAnother() {
    RunningJournal journal =
        new RunningJournal(
            new FileMedium(directory.resolve("another")), JournalSettings.DEFAULT, 1000);
    running.put(journal.store(), journal);
    return Optional.of(journal.store());
  }

  @Override
  protected void close(LeaseStore opened) {
    running.remove(opened).close();
  }
}
