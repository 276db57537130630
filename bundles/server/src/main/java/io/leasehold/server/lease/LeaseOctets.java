// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lease;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseFormat;
import io.leasehold.lease.LeaseFormatException;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Ipv6;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One encoded lease, in an array that is used again and again, and where the parts that the table
 * looks at are in it. One thread at a time.
 */
public final class LeaseOctets {
  /** Octets before the body, which is all but the key. */
  static final int KEY = LeaseFormat.KEY_OCTETS;

  private static final int STATE = KEY + 1;
  private static final int CLIENT = KEY + 2;
  private static final int KIND = 4;

  /** Codes of kinds and of types of clients, a bit each. */
  private static final int KINDS =
      Arrays.stream(LeaseKind.values()).mapToInt(kind -> 1 << kind.code()).sum();

  private static final int TYPES =
      Arrays.stream(ClientIdentity.Type.values()).mapToInt(type -> 1 << type.code()).sum();

  private static final int PREFIX = 21;
  private static final int HARDWARE_TYPE = 2;

  private byte[] array = new byte[256];
  private ByteBuffer buffer = ByteBuffer.wrap(array);
  private int length;

  private int clientEnd;
  private long subnetId;
  private long stateSince;
  private long expires;
  private boolean longWinded;
  private final int[] detailAt = new int[Trait.COUNT];
  private final int[] detailLength = new int[Trait.COUNT];

  private int at;

  private int keyHash;
  private int clientHash;

  /** Keeps hashes of this lease for later. */
  void note(int hashOfKey, int hashOfClient) {
    keyHash = hashOfKey;
    clientHash = hashOfClient;
  }

  int keyHash() {
    return keyHash;
  }

  int clientHash() {
    return clientHash;
  }

  /** Takes in a lease. */
  public void read(Lease lease) {
    ensure(LeaseFormat.maxOctets(lease));
    buffer.clear();
    LeaseFormat.encode(lease, buffer);
    length = buffer.position();
    parse();
  }

  /**
   * Takes in an encoded lease, from the position to the limit, which is checked. The buffer is left
   * as it was, and nothing of it is kept.
   *
   * @throws LeaseFormatException if it is none of a known version
   */
  public void read(ByteBuffer encoded) {
    length = encoded.remaining();
    ensure(length);
    encoded.get(encoded.position(), array, 0, length);
    if (length <= CLIENT || !isKnown()) {
      // Says what is wrong.
      read(LeaseFormat.decode(encoded.duplicate()));
      return;
    }
    parse();
    if (longWinded) {
      // Equal facts are equal octets here: it is written anew.
      read(LeaseFormat.decode(encoded.duplicate()));
    }
  }

  private boolean isKnown() {
    return realm() >= 0
        && has(KINDS, kindCode())
        && prefixLength() <= 128
        && array[KEY] == LeaseFormat.VERSION
        && LeaseStates.has(stateCode())
        && has(TYPES, array[CLIENT]);
  }

  private static boolean has(int codes, int code) {
    return code >= 0 && code < Integer.SIZE && (codes & 1 << code) != 0;
  }

  /** Room for a body of so many octets, to be filled by the caller behind {@link #KEY}. */
  byte[] room(int bodyLength) {
    ensure(KEY + bodyLength);
    length = KEY + bodyLength;
    return array;
  }

  /** Finds the parts of what was put into {@link #room}. */
  void parse() {
    try {
      parseAll();
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new LeaseFormatException(at, "the lease is cut short");
    }
  }

  private void parseAll() {
    longWinded = false;
    at = CLIENT + 1;
    int clientLength = size();
    at += clientLength;
    clientEnd = at;
    at += Integer.BYTES;
    subnetId = varint();
    stateSince = signed();
    skip();
    skip();
    expires = stateSince + signed();
    Arrays.fill(detailLength, 0);
    long before = 0;
    while (at < length) {
      long tag = varint();
      if (tag <= before || tag > 0xffff) {
        throw new LeaseFormatException(at, "tag " + tag + " after " + before);
      }
      before = tag;
      int size = size();
      if (tag < Trait.COUNT && tag != Trait.CLIENT.tag()) {
        detailAt[(int) tag] = at;
        detailLength[(int) tag] = size;
      }
      at += size;
    }
    if (at != length) {
      throw new LeaseFormatException(at, "the lease is cut short");
    }
  }

  private int size() {
    long size = varint();
    if (size < 0 || size > length - at) {
      throw new LeaseFormatException(at, "a value of " + size + " octets");
    }
    return (int) size;
  }

  private void skip() {
    varint();
  }

  private long signed() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE && at < length; shift += 7) {
      int octet = array[at++];
      value |= (octet & 0x7fL) << shift;
      if (octet >= 0) {
        longWinded |= octet == 0 && shift > 0;
        return value;
      }
    }
    throw new LeaseFormatException(at, "a number without an end");
  }

  private void ensure(int octets) {
    if (octets > array.length) {
      array = new byte[Math.max(octets, array.length * 2)];
      buffer = ByteBuffer.wrap(array);
    }
  }

  /** The lease, given a key; the key in the octets may be another. */
  Lease lease(LeaseKey key) {
    buffer.clear();
    LeaseFormat.encodeKey(key, buffer);
    buffer.position(0).limit(length);
    return LeaseFormat.decode(buffer);
  }

  byte[] array() {
    return array;
  }

  int bodyLength() {
    return length - KEY;
  }

  long high() {
    return buffer.getLong(KIND + 1);
  }

  long low() {
    return buffer.getLong(KIND + 1 + Long.BYTES);
  }

  int realm() {
    return buffer.getInt(0);
  }

  int kindCode() {
    return array[KIND];
  }

  int prefixLength() {
    return array[PREFIX] & 0xff;
  }

  /** See {@link Slots#rest(int, int, int)}. */
  long rest() {
    return Slots.rest(realm(), kindCode(), prefixLength());
  }

  int stateCode() {
    return array[STATE];
  }

  /** Its key. */
  public LeaseKey key() {
    return new LeaseKey(realm(), LeaseKind.of(kindCode()), new Ipv6(high(), low()), prefixLength());
  }

  /** The lease. */
  public Lease lease() {
    return LeaseFormat.decode(buffer.clear().limit(length));
  }

  long iaid() {
    return buffer.getInt(clientEnd) & 0xffff_ffffL;
  }

  /** The subnet it belongs to. */
  public long subnetId() {
    return subnetId;
  }

  long stateSince() {
    return stateSince;
  }

  long expires() {
    return expires;
  }

  /** Where the value of a trait begins. */
  int at(Trait trait, int kind) {
    return switch (trait) {
      case CLIENT -> CLIENT;
      case HARDWARE -> detailAt[trait.tag()] + 1;
      case RELAY_ID, REMOTE_ID -> detailAt[trait.tag()];
    };
  }

  /** How long the value of a trait is; 0 if the lease has none. */
  int length(Trait trait, int kind) {
    return switch (trait) {
      case CLIENT -> array[CLIENT] == ClientIdentity.Type.NONE.code() ? 0 : clientEnd - CLIENT;
      case HARDWARE -> identifiedHardware(kind);
      case RELAY_ID, REMOTE_ID -> detailLength[trait.tag()];
    };
  }

  /** The DHCPv4 clients that are told by an identifier are also known by their hardware. */
  private int identifiedHardware(int kind) {
    boolean identified =
        kind == LeaseKind.IPV4.code() && array[CLIENT] == ClientIdentity.Type.CLIENT_ID.code();
    int kept = detailLength[LeaseDetails.HARDWARE_ADDRESS];
    return identified && kept > HARDWARE_TYPE ? kept - 1 : 0;
  }

  /** Whether the value of a trait is the same in two leases of a kind, or both have none. */
  boolean agrees(LeaseOctets other, Trait trait, int kind) {
    return holds(trait, kind, other.array, other.at(trait, kind), other.length(trait, kind));
  }

  /** Whether the value of a trait is this. */
  boolean holds(Trait trait, int kind, byte[] value, int from, int size) {
    int own = at(trait, kind);
    int ownLength = length(trait, kind);
    return ownLength == size
        && Arrays.equals(array, own, own + ownLength, value, from, from + size);
  }
}
