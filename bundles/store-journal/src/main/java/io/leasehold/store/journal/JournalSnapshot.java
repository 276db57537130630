// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Position;
import io.leasehold.lease.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A view of a journal: its checkpoint and sorted copies of its segments, merged. The files are open
 * and need no names any more, so that compactions go on. Owned by one thread.
 */
final class JournalSnapshot implements Snapshot {
  private final Position position;
  private final MergedTables tables;
  private boolean more;

  private JournalSnapshot(Position position, MergedTables tables) throws IOException {
    this.position = position;
    this.tables = tables;
    this.more = tables.next();
  }

  /**
   * Sorts what a view holds; its files must not be deleted before this returns.
   *
   * @param prefix begins the names of temporary files
   */
  static JournalSnapshot of(Disk disk, JournalFiles.View view, Pace pace, String prefix)
      throws IOException {
    FileHeader header = view.tail().tableHeader(0);
    SortedRuns runs = new SortedRuns(disk, header, pace, prefix);
    try {
      List<String> names = runs.of(view.segments());
      Table before = view.checkpoint();
      MergedTables tables =
          new MergedTables(
              disk, before == null ? null : before.header().fileName(), names, Pace.AT_ONCE);
      return new JournalSnapshot(new Position(header.store(), view.lastSequence()), tables);
    } finally {
      for (String name : runs.names()) {
        disk.delete(name);
      }
    }
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public Optional<Lease> nextLease() throws IOException {
    if (!more || RecordFormat.type(tables.octets(), tables.at()) != RecordFormat.LEASE) {
      return Optional.empty();
    }
    int from = tables.at() + RecordFormat.HEADER;
    int to = tables.at() + RecordFormat.octets(tables.octets(), tables.at());
    Lease lease = LeaseFormat.decode(ByteBuffer.wrap(tables.octets(), from, to - from));
    more = tables.next();
    return Optional.of(lease);
  }

  @Override
  public Optional<NoteChange> nextNote() throws IOException {
    if (!more || RecordFormat.type(tables.octets(), tables.at()) != RecordFormat.NOTE) {
      return Optional.empty();
    }
    NoteChange note = RecordFormat.note(tables.octets(), tables.at());
    more = tables.next();
    return Optional.of(note);
  }

  @Override
  public void close() throws IOException {
    tables.close();
  }
}
