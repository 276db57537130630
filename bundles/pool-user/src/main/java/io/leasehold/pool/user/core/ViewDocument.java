// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What is known of pools as octets, for a start at which no registrar answers: {@code LHPV}, a
 * version of 16 bits, how many pools in 16 bits; of each pool the seconds since 1970 in 64 bits,
 * the length of a message in 32 bits, and the message that a registrar would have sent; at the end
 * the CRC-32C of everything before, in 32 bits.
 */
final class ViewDocument {
  /** Of more pools nothing is stored. */
  static final int MOST_POOLS = 256;

  private static final Bytes MAGIC = Bytes.ofUtf8("LHPV");
  private static final int VERSION = 1;
  private static final int SUM = Integer.BYTES;
  private static final int HEADER = 8;

  private ViewDocument() {}

  /** Of at most {@link #MOST_POOLS} pools. */
  static Bytes write(List<StoredPool> pools) {
    ByteWriter out = new ByteWriter(1024);
    out.bytes(MAGIC).u16(VERSION).u16(pools.size());
    for (StoredPool each : pools) {
      Bytes message = each.response().encode();
      out.i64(each.epochSecond()).u32(message.length()).bytes(message);
    }
    Bytes body = out.toBytes();
    return new ByteWriter(body.length() + SUM).bytes(body).u32(sum(body)).toBytes();
  }

  private static long sum(Bytes octets) {
    CRC32C sum = new CRC32C();
    sum.update(octets.toArray());
    return sum.getValue();
  }

  /**
   * Reads them.
   *
   * @param document empty if there is none
   * @throws IllegalArgumentException if it is damaged; the message says what is wrong
   */
  static List<StoredPool> read(Bytes document) {
    if (document.isEmpty()) {
      return List.of();
    }
    int end = document.length() - SUM;
    if (end < HEADER || !document.slice(0, MAGIC.length()).equals(MAGIC)) {
      throw new IllegalArgumentException("it is no document of a pool user");
    }
    Bytes body = document.slice(0, end);
    if (document.u32(end) != sum(body)) {
      throw new IllegalArgumentException("its checksum is wrong: it was changed or cut");
    }
    try {
      return pools(new ByteReader(body.slice(MAGIC.length(), end)));
    } catch (MalformedPacketException e) {
      throw new IllegalArgumentException("it ends too early, or goes on too long", e);
    }
  }

  private static List<StoredPool> pools(ByteReader in) {
    int version = in.u16();
    if (version != VERSION) {
      throw new IllegalArgumentException("it is of version " + version + ", not " + VERSION);
    }
    int count = in.u16();
    if (count > MOST_POOLS) {
      throw new IllegalArgumentException("it has " + count + " pools, not " + MOST_POOLS);
    }
    List<StoredPool> pools = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long then = in.i64();
      long length = in.u32();
      pools.add(
          new StoredPool(response(in.bytes((int) Math.min(length, in.remaining() + 1L))), then));
    }
    in.expectEnd();
    return pools;
  }

  /** By the same rules as if it had come over a connection. */
  private static HandleResolutionResponse response(Bytes message) {
    if (AsapMessage.decode(message.compact()) instanceof Decoded.Accepted<AsapMessage> accepted
        && accepted.message() instanceof HandleResolutionResponse response
        && !response.isNegative()) {
      return response;
    }
    throw new IllegalArgumentException("a pool in it cannot be read");
  }
}
