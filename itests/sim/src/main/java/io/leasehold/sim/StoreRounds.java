// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.lease.StoreStatus;
import io.leasehold.store.journal.JournalLeaseStore;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.store.journal.JournalTools;
import io.leasehold.store.journal.Workers;
import io.leasehold.testkit.sim.SimWorld;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The journal of one life of the server, with the rounds of its two threads as events: the
 * housekeeper works while commits go on.
 */
final class StoreRounds {
  /** Segments so small that they roll, and checkpoints are written, all the time. */
  private static final JournalSettings SMALL =
      new JournalSettings(JournalSettings.Sync.GROUP, 100, 64 << 10, 200, 1 << 20);

  private final SimWorld world;
  private final SimDrive drive;
  private final RandomGenerator random;
  private final JournalLeaseStore journal;
  private final WatchedStore watched;
  private final Runnable finished;
  private boolean commitPlanned;
  private boolean committing;
  private boolean tidyPlanned;
  private boolean tidyWaits;
  private boolean tidying;
  private boolean off;

  /**
   * A journal on a drive.
   *
   * @param finished is called after every round
   */
  StoreRounds(SimWorld world, SimDrive drive, Chronicle chronicle, Runnable finished) {
    this.world = world;
    this.drive = drive;
    this.random = world.random("store " + world.happened());
    this.finished = finished;
    JournalTools tools =
        new JournalTools(
            () -> new UUID(random.nextLong(), random.nextLong()),
            () -> world.millis() * 1_000_000,
            ONE,
            octets -> {});
    journal = new JournalLeaseStore(drive, SMALL, tools);
    watched = new WatchedStore(world, journal, drive.medium(), chronicle, this::wake);
  }

  private static final Workers ONE =
      new Workers() {
        @Override
        public int width() {
          return 2;
        }

        @Override
        public void run(List<Piece> pieces) throws IOException {
          for (Piece piece : pieces) {
            piece.run();
          }
        }
      };

  WatchedStore watched() {
    return watched;
  }

  StoreStatus status() {
    return journal.status();
  }

  /** Whether the store's thread is in the middle of a round. */
  boolean isCommitting() {
    return committing;
  }

  /** Plans a round of each thread. */
  void wake() {
    if (!commitPlanned && !committing) {
      commitPlanned = true;
      world.after(random.nextInt(2), this::commit);
    }
    if (!tidyPlanned && !tidying) {
      tidyPlanned = true;
      world.after(random.nextInt(20), this::tidy);
    }
  }

  private void commit() {
    commitPlanned = false;
    if (off) {
      return;
    }
    committing = true;
    drive.as(SimDrive.Role.COMMITS, () -> journal.loop().round(0));
    committing = false;
    if (!off) {
      finished.run();
      if (watched.open() > 0 || tidyWaits) {
        wake();
      }
    }
  }

  /** While a round of the store's thread is under way it could not go on before this one ends. */
  private void tidy() {
    tidyPlanned = false;
    if (off || tidying) {
      return;
    }
    tidyWaits = committing;
    if (committing) {
      return;
    }
    tidying = true;
    drive.as(SimDrive.Role.HOUSEKEEPING, () -> journal.housekeeper().round(0));
    tidying = false;
  }

  /** The machine is off. */
  void off() {
    off = true;
    watched.off();
  }

  /** Ends in good order, at once. */
  void close() {
    drive.as(
        SimDrive.Role.NOBODY,
        () -> {
          journal.loop().close();
          while (journal.loop().round(0)) {
            world.note("store closes");
          }
          journal.housekeeper().round(0);
        });
  }
}
