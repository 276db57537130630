// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.LeaseSink;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Records of leases and removals on their way to a sink, in order; those of leases that follow each
 * other are given at once. One thread.
 */
final class LeaseRecords implements Iterator<ByteBuffer> {
  private final byte[] octets;
  private final int[] records;
  private final int count;
  private final ByteBuffer view;
  private int next;

  /**
   * Some records of an array.
   *
   * @param records where each begins
   * @param count how many there are
   */
  LeaseRecords(byte[] octets, int[] records, int count) {
    this.octets = octets;
    this.records = records;
    this.count = count;
    this.view = ByteBuffer.wrap(octets);
  }

  /** Gives all of them. */
  void giveTo(LeaseSink sink) {
    while (next < count) {
      if (hasNext()) {
        sink.putAllEncoded(this);
      } else {
        sink.remove(LeaseFormat.decodeKey(body()));
      }
    }
  }

  /** Whether the next record is that of a lease. */
  @Override
  public boolean hasNext() {
    return next < count && RecordFormat.type(octets, records[next]) == RecordFormat.LEASE;
  }

  @Override
  public ByteBuffer next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return body();
  }

  private ByteBuffer body() {
    int at = records[next++];
    return view.limit(at + RecordFormat.octets(octets, at)).position(at + RecordFormat.HEADER);
  }
}
