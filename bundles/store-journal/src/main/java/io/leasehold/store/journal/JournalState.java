// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.StoreStatus;
import io.leasehold.lease.StoreStatus.Condition;
import io.leasehold.net.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How a store is. Changed by the store thread, and where noted by the housekeeper; read by
 * everybody.
 */
final class JournalState {
  private static final double MIB = 1 << 20;

  /**
   * Held by the housekeeper while it works on files, and by the store thread while it opens or
   * leaves them.
   */
  final ReentrantLock files = new ReentrantLock();

  final LongAdder syncs = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder octets = new LongAdder();
  final LongAdder failures = new LongAdder();
  final LongAdder compactions = new LongAdder();

  private final Medium medium;
  private final JournalSettings settings;
  private volatile Journal journal;
  private volatile Map<String, Bytes> notes = new ConcurrentHashMap<>();
  private volatile boolean open;
  private volatile boolean closed;
  private volatile boolean settled;
  private volatile long epoch;
  private volatile long lastSyncNanos;
  private volatile String cause = "the store is not open yet";
  private volatile String prepareTrouble = "";
  private volatile String compactTrouble = "";

  JournalState(Medium medium, JournalSettings settings) {
    this.medium = medium;
    this.settings = settings;
  }

  Medium medium() {
    return medium;
  }

  JournalSettings settings() {
    return settings;
  }

  /** The journal whose files are open, or null. */
  Journal journal() {
    return journal;
  }

  /** The notes of the last time the store was open. */
  Map<String, Bytes> notes() {
    return notes;
  }

  boolean takesChanges() {
    return open;
  }

  boolean isClosed() {
    return closed;
  }

  /** Why no changes are taken. */
  String cause() {
    return cause;
  }

  /** Whether it has been tried to open the store. */
  boolean isSettled() {
    return settled;
  }

  /** Another journal is open. */
  void opened(Journal opened) {
    notes = new ConcurrentHashMap<>(opened.notes());
    journal = opened;
    resumed();
  }

  /** Changes are taken again, in a new epoch. */
  void resumed() {
    epoch++;
    cause = "";
    prepareTrouble = "";
    open = true;
    settled = true;
  }

  /** No changes are taken. */
  void stopped(String why) {
    open = false;
    cause = why;
    settled = true;
  }

  /** The files of the journal are no longer to be used. */
  void abandoned() {
    journal = null;
  }

  void closed() {
    closed = true;
  }

  /** The housekeeper could not, or again can, prepare a segment. */
  void prepareTrouble(String trouble) {
    prepareTrouble = trouble;
  }

  /** The housekeeper could not, or again can, write a checkpoint. */
  void compactTrouble(String trouble) {
    compactTrouble = trouble;
  }

  /** A commit took this long. */
  void synced(long nanos) {
    lastSyncNanos = nanos;
    syncs.increment();
  }

  /** Says for an operator what went wrong and what helps. */
  String explain(String what, IOException e) {
    long free = freeOctets();
    String reason = e.getMessage() == null ? e.toString() : e.getMessage();
    if (reason.contains("No space left")
        || reason.contains("quota")
        || free >= 0 && free < 1 << 20) {
      long missing = (long) Math.ceil(Math.max(settings.segmentOctets() - free, MIB) / MIB);
      return "disk full: "
          + what
          + " ("
          + reason
          + "); free "
          + missing
          + " MiB in "
          + medium.place();
    }
    if (e instanceof java.nio.file.FileSystemException) {
      reason = e.getClass().getSimpleName() + ": " + reason;
    }
    return what + " in " + medium.place() + ": " + reason;
  }

  private long freeOctets() {
    try {
      Journal current = journal;
      return current == null ? -1 : current.disk().freeOctets();
    } catch (IOException e) {
      return -1;
    }
  }

  StoreStatus status(AppendQueue queue) {
    List<String> troubles = new ArrayList<>();
    if (!open) {
      return new StoreStatus(Condition.STOPPED, epoch, cause, facts(queue));
    }
    if (settings.sync() == JournalSettings.Sync.INTERVAL) {
      troubles.add(
          "sync=interval: a power failure loses up to "
              + settings.intervalMillis()
              + " ms of acknowledged leases; set sync=group");
    } else if (settings.sync() == JournalSettings.Sync.NONE) {
      troubles.add("sync=none: a power failure loses acknowledged leases; set sync=group");
    }
    if (!prepareTrouble.isEmpty()) {
      troubles.add(prepareTrouble);
    }
    if (!compactTrouble.isEmpty()) {
      troubles.add(compactTrouble);
    }
    Condition condition = troubles.isEmpty() ? Condition.OPEN : Condition.DEGRADED;
    return new StoreStatus(condition, epoch, String.join("; ", troubles), facts(queue));
  }

  private Map<String, String> facts(AppendQueue queue) {
    Map<String, String> facts = new TreeMap<>();
    facts.put("directory", medium.place());
    facts.put("sync-mode", settings.sync().name().toLowerCase(Locale.ROOT));
    facts.put("queue-depth", Integer.toString(queue.depth()));
    facts.put("queue-limit", Integer.toString(settings.queueBatches()));
    facts.put("queue-refused", Long.toString(queue.refusedBatches()));
    facts.put("batches", batches.toString());
    facts.put("written-octets", octets.toString());
    facts.put("syncs", syncs.toString());
    facts.put("last-sync-micros", Long.toString(lastSyncNanos / 1000));
    facts.put("failures", failures.toString());
    facts.put("compactions", compactions.toString());
    Journal current = journal;
    if (current != null) {
      fileFacts(current, facts);
    }
    return facts;
  }

  private void fileFacts(Journal current, Map<String, String> facts) {
    JournalFiles.View view = current.files().view();
    facts.put("store", view.tail().header().store().toString());
    facts.put("sequence", Long.toString(view.lastSequence()));
    facts.put("segments", Integer.toString(view.sealed().size() + 1));
    facts.put("journal-octets", Long.toString(view.sealedOctets() + view.tail().used()));
    if (view.checkpoint() != null) {
      facts.put("checkpoint-octets", Long.toString(view.checkpoint().octets()));
      facts.put("checkpoint-leases", Long.toString(view.checkpoint().leases()));
    }
    facts.put("repairs", Integer.toString(current.repairs().size()));
    long free = freeOctets();
    if (free >= 0) {
      facts.put("free-octets", Long.toString(free));
    }
  }
}
