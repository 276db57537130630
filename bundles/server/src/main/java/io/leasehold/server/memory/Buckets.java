// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.memory;

/**
 * Chains of numbered things by hash, about one in each. Linear hashing: whenever something is added
 * to a full row of buckets, one bucket is split in two, so that no call takes much longer than
 * another however large the row becomes. One thread at a time.
 */
public final class Buckets {
  /** Nothing. */
  public static final int NONE = Records.NONE;

  private static final int FEWEST = 16;
  private static final int MERGES = 4;

  /** What is in the chains, and knows what comes after it. */
  public interface Chain {
    /** What comes after something; {@link #NONE} at the end. */
    int next(int item);

    /** Sets what comes after something. */
    void next(int item, int following);

    /** The hash of something, always the same while it is in a chain. */
    int hash(int item);
  }

  private final Records heads;
  private final Chain chain;
  private int buckets;
  private int mask;
  private int size;

  /** Empty chains. */
  public Buckets(OffHeap memory, Chain chain) {
    this.heads = new Records(memory, Integer.BYTES);
    this.chain = chain;
  }

  private int bucketOf(int hash) {
    int bucket = hash & mask;
    return bucket < buckets ? bucket : bucket & mask >>> 1;
  }

  /** The first of the chain where a hash is; {@link #NONE} if it is empty. */
  public int first(int hash) {
    return size == 0 ? NONE : heads.getInt(bucketOf(hash), 0);
  }

  /** Adds something in front of its chain. */
  public void add(int item) {
    if (buckets == 0) {
      begin();
    } else if (size >= buckets) {
      split();
    }
    push(bucketOf(chain.hash(item)), item);
    size++;
  }

  private void push(int bucket, int item) {
    chain.next(item, heads.getInt(bucket, 0));
    heads.putInt(bucket, 0, item);
  }

  /** Takes something out that is there. */
  public void remove(int item) {
    replace(item, chain.next(item));
    if (--size == 0) {
      clear();
      return;
    }
    for (int i = 0; i < MERGES && buckets > FEWEST && size < buckets / 4; i++) {
      merge();
    }
  }

  /** Puts another thing of the same hash in the place of one. */
  public void exchange(int item, int other) {
    chain.next(other, chain.next(item));
    replace(item, other);
  }

  private void replace(int item, int by) {
    int bucket = bucketOf(chain.hash(item));
    int at = heads.getInt(bucket, 0);
    if (at == item) {
      heads.putInt(bucket, 0, by);
      return;
    }
    for (int next = chain.next(at); next != item; next = chain.next(at)) {
      at = next;
    }
    chain.next(at, by);
  }

  private void begin() {
    heads.ensure(FEWEST);
    for (int bucket = 0; bucket < FEWEST; bucket++) {
      heads.putInt(bucket, 0, NONE);
    }
    buckets = FEWEST;
    mask = FEWEST - 1;
  }

  private void split() {
    heads.ensure(buckets + 1);
    int fresh = buckets++;
    if (fresh > mask) {
      mask = mask << 1 | 1;
    }
    int old = fresh & mask >>> 1;
    int item = heads.getInt(old, 0);
    heads.putInt(old, 0, NONE);
    heads.putInt(fresh, 0, NONE);
    while (item != NONE) {
      int next = chain.next(item);
      push((chain.hash(item) & mask) == fresh ? fresh : old, item);
      item = next;
    }
  }

  private void merge() {
    int last = --buckets;
    int into = last & mask >>> 1;
    int item = heads.getInt(last, 0);
    while (item != NONE) {
      int next = chain.next(item);
      push(into, item);
      item = next;
    }
    if (buckets == (mask >>> 1) + 1) {
      mask >>>= 1;
    }
    heads.trim(buckets);
  }

  /** How many things are in the chains. */
  public int size() {
    return size;
  }

  /** Gives all memory back; nothing is in a chain any more. */
  public void clear() {
    heads.clear();
    buckets = 0;
    mask = 0;
    size = 0;
  }
}
