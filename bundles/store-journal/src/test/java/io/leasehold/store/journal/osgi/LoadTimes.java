// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseSink;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.testkit.LeaseSamples;
import io.leasehold.testkit.StoreContent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/**
 * Measures a journal by hand: {@code LoadTimes write DIRECTORY LEASES} fills one, {@code LoadTimes
 * read DIRECTORY} opens and replays it into a sink that counts and one that copies octets, {@code
 * LoadTimes compact DIRECTORY} makes a checkpoint.
 */
final class LoadTimes {
  private static final int BATCH = 256;

  private LoadTimes() {}

  public static void main(String[] args) throws Exception {
    JournalSettings settings = JournalSettings.DEFAULT;
    long start = System.nanoTime();
    try (RunningJournal journal =
        new RunningJournal(new FileMedium(Path.of(args[1])), settings, 64)) {
      StoreContent.awaitOpen(journal.store());
      say("open", start);
      switch (args[0]) {
        case "write" -> write(journal, Long.parseLong(args[2]));
        case "compact" -> journal.store().compact().toCompletableFuture().get();
        default -> {
          journal.store().replay(new Copies(false));
          say("replay, counted", start);
          start = System.nanoTime();
          journal.store().replay(new Copies(true));
          say("again, copied", start);
        }
      }
      say(args[0], start);
      System.out.println(journal.store().status().facts());
    }
    Runtime runtime = Runtime.getRuntime();
    System.out.printf(
        Locale.ROOT, "heap %d MiB%n", (runtime.totalMemory() - runtime.freeMemory()) >> 20);
  }

  private static void say(String what, long since) {
    System.out.printf(Locale.ROOT, "%s: %d ms%n", what, (System.nanoTime() - since) / 1_000_000);
  }

  private static void write(RunningJournal journal, long leases) throws Exception {
    Semaphore room = new Semaphore(64);
    for (long i = 0; i < leases; i += BATCH) {
      List<LeaseChange> changes = new ArrayList<>();
      for (long n = i; n < Math.min(leases, i + BATCH); n++) {
        changes.add(LeaseChange.put(LeaseSamples.lease(n * 0x9e37_79b9_7f4a_7c15L, 0)));
      }
      room.acquire();
      journal
          .store()
          .append(Batch.of(changes))
          .whenComplete(
              (position, failure) -> {
                room.release();
                if (failure != null) {
                  throw new IllegalStateException(failure);
                }
              });
    }
    room.acquire(64);
  }

  /** Counts, or copies octets as a table does. */
  private record Copies(LongAdder count, byte[] into, boolean copies) implements LeaseSink {
    Copies(boolean copies) {
      this(new LongAdder(), new byte[1 << 26], copies);
    }

    @Override
    public void put(Lease lease) {
      count.increment();
    }

    @Override
    public void putEncoded(ByteBuffer encoded) {
      count.increment();
      if (copies) {
        int at = (int) (encoded.getLong(encoded.position() + 13) & (into.length - 1) & ~0xff);
        int length = Math.min(encoded.remaining(), 256);
        encoded.get(into, at, length);
      }
    }

    @Override
    public void remove(LeaseKey key) {
      count.decrement();
    }
  }
}
