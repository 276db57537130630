// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.LeaseFormatException;
import io.leasehold.lease.LeaseSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the leases of a store to a sink. The checkpoint is cut into ranges of blocks, which hold
 * different keys; the journal is read once by each worker, which takes the keys of its share, so
 * that the changes of one key stay in order.
 */
final class Replayer {
  private final Disk disk;
  private final JournalFiles.View view;
  private final LeaseSink sink;
  private final Workers workers;
  private final KeyCount[] counts;

  Replayer(Disk disk, JournalFiles.View view, LeaseSink sink, Workers workers) {
    this.disk = disk;
    this.view = view;
    this.sink = sink;
    this.workers = workers;
    this.counts = new KeyCount[workers.width()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = new KeyCount();
    }
  }

  /** Reads everything; gives how many leases there are. */
  long run() throws IOException {
    workers.run(shares(this::count));
    long leases = 0;
    if (view.checkpoint() != null) {
      workers.run(ranges());
      leases = view.checkpoint().leases();
    }
    workers.run(shares(this::apply));
    for (KeyCount count : counts) {
      leases += count.surplus();
    }
    return leases;
  }

  /** Takes a lease record of one worker's share. */
  private interface ShareTaker {
    void take(byte[] octets, int at, long hash);
  }

  private List<Workers.Piece> shares(ShareTaker taker) {
    List<Workers.Piece> pieces = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      int share = i;
      pieces.add(() -> share(share, taker));
    }
    return pieces;
  }

  private void share(int share, ShareTaker taker) throws IOException {
    for (Segment segment : view.segments()) {
      segment.forEach(
          disk,
          (octets, at) -> {
            if (RecordFormat.type(octets, at) != RecordFormat.NOTE) {
              long hash = KeyCount.hash(octets, at + RecordFormat.HEADER);
              if (share(hash) == share) {
                taker.take(octets, at, hash);
              }
            }
          });
    }
  }

  private int share(long hash) {
    return (int) ((hash >>> 32) % counts.length);
  }

  private void count(byte[] octets, int at, long hash) {
    counts[share(hash)].inJournal(hash, RecordFormat.type(octets, at) == RecordFormat.LEASE);
  }

  private void apply(byte[] octets, int at, long hash) {
    int length = RecordFormat.octets(octets, at) - RecordFormat.HEADER;
    ByteBuffer body = ByteBuffer.wrap(octets, at + RecordFormat.HEADER, length);
    if (RecordFormat.type(octets, at) == RecordFormat.LEASE) {
      sink.putEncoded(body);
    } else {
      sink.remove(LeaseFormat.decodeKey(body));
    }
  }

  private List<Workers.Piece> ranges() throws IOException {
    String name = view.checkpoint().header().fileName();
    List<long[]> blocks = new ArrayList<>();
    try (DiskFile file = disk.open(name)) {
      TableBlock block = new TableBlock(file, name, view.checkpoint().header().number());
      long at = FileHeader.BLOCK;
      for (int length = block.peek(at); !block.isLast(); length = block.peek(at)) {
        blocks.add(new long[] {at, blocks.size()});
        at += length;
      }
    }
    List<Workers.Piece> pieces = new ArrayList<>();
    int each = blocks.size() / (4 * counts.length) + 1;
    for (int from = 0; from < blocks.size(); from += each) {
      List<long[]> range = blocks.subList(from, Math.min(from + each, blocks.size()));
      pieces.add(() -> range(name, range));
    }
    return pieces;
  }

  private void range(String name, List<long[]> range) throws IOException {
    try (DiskFile file = disk.open(name)) {
      TableBlock block = new TableBlock(file, name, view.checkpoint().header().number());
      for (long[] atAndNumber : range) {
        block.read(atAndNumber[0], atAndNumber[1]);
        try {
          put(block.octets(), block.end());
        } catch (LeaseFormatException e) {
          throw new IOException(
              name + ", block at octet " + atAndNumber[0] + ": " + e.getMessage(), e);
        }
      }
    }
  }

  private void put(byte[] octets, int end) {
    for (int at = TableBlock.HEADER; at < end; at += RecordFormat.octets(octets, at)) {
      if (RecordFormat.type(octets, at) == RecordFormat.LEASE) {
        long hash = KeyCount.hash(octets, at + RecordFormat.HEADER);
        counts[share(hash)].inCheckpoint(hash);
        apply(octets, at, hash);
      }
    }
  }
}
