// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Records, of which frames and table blocks are made: type u8, length of the rest u24, then by type
 *
 * <pre>
 * 1  lease    a lease as LeaseFormat has it (its key comes first)
 * 2  removed  a key as LeaseFormat has it
 * 3  note     name length u16, name in UTF-8, value (empty: forgotten)
 * </pre>
 */
final class RecordFormat {
  static final int LEASE = 1;
  static final int REMOVED = 2;
  static final int NOTE = 3;

  /** Type and length. */
  static final int HEADER = 4;

  private static final int MAX_LENGTH = 0xff_ffff;

  private RecordFormat() {}

  /** The records of a batch, from position 0 to the limit of a buffer with an array. */
  static ByteBuffer encode(Batch batch) {
    List<LeaseChange> leases = batch.leases();
    int room = 0;
    for (int i = 0; i < leases.size(); i++) {
      Lease lease = leases.get(i).lease().orElse(null);
      room += HEADER + (lease == null ? LeaseFormat.KEY_OCTETS : LeaseFormat.maxOctets(lease));
    }
    for (NoteChange note : batch.notes()) {
      room += HEADER + 2 + 3 * note.name().length() + note.value().length();
    }
    ByteBuffer out = ByteBuffer.allocate(room);
    for (int i = 0; i < leases.size(); i++) {
      putChange(leases.get(i), out);
    }
    for (NoteChange note : batch.notes()) {
      putNote(note, out);
    }
    return out.flip();
  }

  /** How many records a batch becomes. */
  static int count(Batch batch) {
    return batch.leases().size() + batch.notes().size();
  }

  private static void putChange(LeaseChange change, ByteBuffer out) {
    int start = out.position();
    out.putInt(0);
    Lease lease = change.lease().orElse(null);
    if (lease == null) {
      LeaseFormat.encodeKey(change.key(), out);
      close(out, start, REMOVED);
    } else {
      LeaseFormat.encode(lease, out);
      close(out, start, LEASE);
    }
  }

  static void putNote(NoteChange note, ByteBuffer out) {
    int start = out.position();
    byte[] name = note.name().getBytes(StandardCharsets.UTF_8);
    out.putInt(0).putShort((short) name.length).put(name);
    note.value().putInto(out);
    close(out, start, NOTE);
  }

  private static void close(ByteBuffer out, int start, int type) {
    int length = out.position() - start - HEADER;
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException("a record of " + length + " octets");
    }
    out.putInt(start, type << 24 | length);
  }

  /** Type of the record at an offset. */
  static int type(byte[] octets, int at) {
    return octets[at];
  }

  /** Octets of the record at an offset, header included. */
  static int octets(byte[] octets, int at) {
    return HEADER
        + ((octets[at + 1] & 0xff) << 16 | (octets[at + 2] & 0xff) << 8 | octets[at + 3] & 0xff);
  }

  /** Where the key of the record at an offset begins. */
  static int keyAt(byte[] octets, int at) {
    return octets[at] == NOTE ? at + HEADER + 2 : at + HEADER;
  }

  /** How long the key of the record at an offset is. */
  static int keyLength(byte[] octets, int at) {
    return octets[at] == NOTE
        ? (octets[at + HEADER] & 0xff) << 8 | octets[at + HEADER + 1] & 0xff
        : LeaseFormat.KEY_OCTETS;
  }

  /** Order of two records: leases by key, then notes by name. 0: they replace each other. */
  static int compareKeys(byte[] a, int aAt, byte[] b, int bAt) {
    boolean aNote = a[aAt] == NOTE;
    if (aNote != (b[bAt] == NOTE)) {
      return aNote ? 1 : -1;
    }
    int aKey = keyAt(a, aAt);
    int bKey = keyAt(b, bAt);
    return Arrays.compareUnsigned(
        a, aKey, aKey + keyLength(a, aAt), b, bKey, bKey + keyLength(b, bAt));
  }

  /** Whether a record says that something is gone: a removed lease, an empty note. */
  static boolean isTombstone(byte[] octets, int at) {
    return octets[at] == REMOVED
        || octets[at] == NOTE && octets(octets, at) == HEADER + 2 + keyLength(octets, at);
  }

  /** The note at an offset. */
  static NoteChange note(byte[] octets, int at) {
    int key = keyAt(octets, at);
    int length = keyLength(octets, at);
    int end = at + octets(octets, at);
    String name = new String(octets, key, length, StandardCharsets.UTF_8);
    return new NoteChange(name, Bytes.copyOf(octets, key + length, end - key - length));
  }

  /** Whether the octets of a range are exactly {@code count} well-formed records. */
  static boolean isWhole(byte[] octets, int from, int to, int count) {
    int at = from;
    int seen = 0;
    while (at < to) {
      if (to - at < HEADER + 3
          || octets[at] < LEASE
          || octets[at] > NOTE
          || octets(octets, at) > to - at) {
        return false;
      }
      if (HEADER + (octets[at] == NOTE ? 2 : 0) + keyLength(octets, at) > octets(octets, at)) {
        return false;
      }
      at += octets(octets, at);
      seen++;
    }
    return seen == count;
  }
}
