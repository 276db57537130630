// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

/**
 * How a journal works.
 *
 * @param sync when a commit is durable
 * @param intervalMillis with {@link Sync#INTERVAL}: the longest time until a commit is durable
 * @param segmentOctets length of a segment file, a multiple of 4096
 * @param queueBatches how many batches may wait; more are refused at once
 * @param queueOctets how many octets may wait; more are refused at once
 */
public record JournalSettings(
    Sync sync, int intervalMillis, int segmentOctets, int queueBatches, int queueOctets) {

  private static final int GROUP_OCTETS = 1 << 20;

  /** When a commit is durable. */
  public enum Sync {
    /** Before it is acknowledged; whatever waits shares one sync. */
    GROUP,
    /** Some time after it was acknowledged: a power failure loses acknowledged leases. */
    INTERVAL,
    /** Whenever the system likes. For tests only. */
    NONE
  }

  /** What a server uses unless told otherwise. */
  public static final JournalSettings DEFAULT =
      new JournalSettings(Sync.GROUP, 100, 64 << 20, 100_000, 64 << 20);

  /** Rejects impossible values. */
  public JournalSettings {
    if (segmentOctets < 16 * FileHeader.BLOCK || segmentOctets % FileHeader.BLOCK != 0) {
      throw new IllegalArgumentException("segments of " + segmentOctets + " octets");
    }
    if (intervalMillis < 1 || queueBatches < 1 || queueOctets < 1) {
      throw new IllegalArgumentException("interval and queue limits must be positive");
    }
  }

  /** A group commit takes no more octets than this, unless one batch alone is larger. */
  int groupOctets() {
    return Math.min(GROUP_OCTETS, frameRoom());
  }

  /** Octets of records that one frame can hold. */
  int frameRoom() {
    return segmentOctets - 3 * FileHeader.BLOCK;
  }
}
