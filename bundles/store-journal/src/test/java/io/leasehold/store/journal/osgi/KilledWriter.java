// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.testkit.LeaseSamples;
import io.leasehold.testkit.StoreContent;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Writes numbered batches until it is killed, compacting all the time, and prints each number when
 * it is durable.
 */
public final class KilledWriter {
  static final int KEYS = 2000;
  static final String NOTE = "number";
  private static final int IN_FLIGHT = 40;

  private KilledWriter() {}

  static RunningJournal start(Path directory) {
    JournalSettings settings =
        new JournalSettings(JournalSettings.Sync.GROUP, 100, 1 << 20, 1000, 8 << 20);
    return new RunningJournal(new FileMedium(directory), settings, 1000);
  }

  /** Batch number {@code n} says all by its number. */
  static Batch batch(long n) {
    List<LeaseChange> changes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      long key = (n * 7 + i * 131) % KEYS;
      changes.add(
          (n + i) % 9 == 0
              ? LeaseChange.remove(LeaseSamples.key(key))
              : LeaseChange.put(LeaseSamples.lease(key, n)));
    }
    return new Batch(changes, List.of(new NoteChange(NOTE, Bytes.ofUtf8(Long.toString(n)))));
  }

  /** The number of the last batch that a store holds; 0 if it holds none. */
  static long last(LeaseStore store) {
    return store.readNote(NOTE).map(value -> Long.parseLong(value.toUtf8())).orElse(0L);
  }

  /** Argument: the directory. */
  public static void main(String[] arguments) throws Exception {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
    LeaseStore store = start(Path.of(arguments[0])).store();
    StoreContent.awaitOpen(store);
    Semaphore inFlight = new Semaphore(IN_FLIGHT);
    for (long n = last(store) + 1; ; n++) {
      inFlight.acquire();
      long number = n;
      store
          .append(batch(n))
          .whenComplete(
              (position, failure) -> {
                out.println(failure == null ? Long.toString(number) : failure.toString());
                inFlight.release();
              });
      if (n % 500 == 0) {
        store.compact();
      }
    }
  }
}
