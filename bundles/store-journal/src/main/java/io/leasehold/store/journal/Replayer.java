// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.LeaseSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives the leases of a store to a sink. The blocks of the checkpoint are shared out among the
 * workers. Of the journal each worker first checks a chunk of its own, then takes the keys of its
 * share from all of them in turn, so that the changes of one key stay in order. Needs 1 MiB for
 * each worker, however many leases there are. Owned by one thread.
 */
final class Replayer {
  /** No record of a lease is shorter. */
  private static final int LEAST_OCTETS = RecordFormat.HEADER + LeaseFormat.KEY_OCTETS;

  private final Disk disk;
  private final JournalFiles.View view;
  private final LeaseSink sink;
  private final Workers workers;
  private final List<JournalChunk> chunks = new ArrayList<>();
  private int loaded;
  private long given;

  Replayer(Disk disk, JournalFiles.View view, LeaseSink sink, Workers workers) {
    this.disk = disk;
    this.view = view;
    this.sink = sink;
    this.workers = workers;
  }

  /** Reads everything; gives how many leases and removals the sink was given. */
  long run() throws IOException {
    if (view.checkpoint() != null) {
      new TableBlocks(disk, view.checkpoint().header()).forEach(workers, this::put);
      given = view.checkpoint().leases();
    }
    for (int i = 0; i < workers.width(); i++) {
      chunks.add(new JournalChunk(workers.width()));
    }
    for (Segment segment : view.segments()) {
      read(segment);
    }
    apply();
    return given;
  }

  private void put(byte[] octets, int from, int to) {
    int[] leases = new int[(to - from) / LEAST_OCTETS + 1];
    int count = 0;
    for (int at = from; at < to; at += RecordFormat.octets(octets, at)) {
      if (RecordFormat.type(octets, at) == RecordFormat.LEASE) {
        leases[count++] = at;
      }
    }
    new LeaseRecords(octets, leases, count).giveTo(sink);
  }

  private void read(Segment segment) throws IOException {
    long sequence = segment.header().sequence();
    try (DiskFile file = disk.open(segment.header().fileName())) {
      for (long at = FileHeader.BLOCK; at < segment.end(); ) {
        JournalChunk chunk = chunks.get(loaded++);
        chunk.fill(file, segment, at, sequence);
        at = chunk.end();
        sequence = chunk.nextSequence();
        if (loaded == chunks.size()) {
          apply();
        }
      }
    }
  }

  private void apply() throws IOException {
    List<JournalChunk> full = chunks.subList(0, loaded);
    workers.run(full.stream().<Workers.Piece>map(chunk -> chunk::split).toList());
    List<Workers.Piece> shares = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      int share = i;
      shares.add(() -> full.forEach(chunk -> chunk.give(share, sink)));
    }
    workers.run(shares);
    for (JournalChunk chunk : full) {
      given += chunk.size();
    }
    loaded = 0;
  }
}
