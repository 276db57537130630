// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec;

import io.leasehold.net.Bytes;
import io.leasehold.net.DomainName;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;

/**
 * Reads received octets in network byte order, front to back. Every read is checked against what
 * remains and throws {@link MalformedPacketException} when there is too little; nothing is copied.
 * For one thread at a time.
 */
public final class ByteReader {
  /** The two top bits set in a label's length octet (RFC 1035 section 4.1.4). */
  private static final int COMPRESSION_POINTER = 0xc0;

  private final Bytes source;
  private final int end;
  private int position;

  /** Reads the octets from the first to the last. */
  public ByteReader(Bytes source) {
    this.source = source;
    this.end = source.length();
  }

  /** How many octets have not been read. */
  public int remaining() {
    return end - position;
  }

  /** Whether octets remain. */
  public boolean hasRemaining() {
    return position < end;
  }

  /** The next octet, 0 to 255. */
  public int u8() {
    return source.at(advance(1));
  }

  /** The next two octets, unsigned. */
  public int u16() {
    return source.u16(advance(2));
  }

  /** The next four octets, unsigned. */
  public long u32() {
    return source.u32(advance(4));
  }

  /** The next three octets, unsigned. */
  public int u24() {
    int at = advance(3);
    return source.at(at) << 16 | source.u16(at + 1);
  }

  /** The next eight octets, as the bits of a {@code long}. */
  public long i64() {
    return source.i64(advance(8));
  }

  /** The next four octets as an address. */
  public Ipv4 ipv4() {
    int value = (int) u32();
    return value == 0 ? Ipv4.UNSPECIFIED : new Ipv4(value);
  }

  /** The next sixteen octets as an address. */
  public Ipv6 ipv6() {
    int at = advance(16);
    return new Ipv6(source.i64(at), source.i64(at + 8));
  }

  /** The next octets as a view of the source. */
  public Bytes bytes(int length) {
    int at = advance(length);
    return source.slice(at, at + length);
  }

  /** Everything that remains, as a view of the source. */
  public Bytes rest() {
    return bytes(remaining());
  }

  /**
   * The next domain name, up to and including its final zero octet. Compression is refused, as are
   * labels over 63 octets and names over 255 (RFC 8415 section 10).
   */
  public DomainName domainName() {
    return domainName(false);
  }

  /**
   * The next domain name; it may be partial, ending where the octets do without a zero octet. There
   * must be at least one octet.
   */
  public DomainName partialDomainName() {
    return domainName(true);
  }

  private DomainName domainName(boolean mayBePartial) {
    int start = position;
    int label = -1;
    while (label != 0 && (label < 0 || !mayBePartial || position < end)) {
      int labelAt = position;
      label = u8();
      if (label > DomainName.MAX_LABEL_LENGTH) {
        position = labelAt;
        throw malformed(
            label >= COMPRESSION_POINTER
                ? MalformedReason.COMPRESSED_NAME
                : MalformedReason.DOMAIN_NAME);
      }
      advance(label);
      if (position - start > DomainName.MAX_LENGTH) {
        throw malformed(MalformedReason.DOMAIN_NAME);
      }
    }
    return new DomainName(source.slice(start, position));
  }

  /**
   * The next domain name, up to its final zero octet or the pointer that ends it (RFC 1035 section
   * 4.1.4). A pointer counts from the source's first octet and must lead to before where the octets
   * that hold it began: so there is an end to following pointers.
   */
  public DomainName compressedDomainName() {
    ByteWriter name = new ByteWriter(64);
    int label = -1;
    int start = position;
    int afterPointer = -1;
    while (label != 0) {
      int labelAt = position;
      label = u8();
      if (label >= COMPRESSION_POINTER) {
        int target = (label - COMPRESSION_POINTER) << 8 | u8();
        afterPointer = afterPointer < 0 ? position : afterPointer;
        position = target < start ? target : labelAt;
        if (position == labelAt) {
          throw malformed(MalformedReason.COMPRESSED_NAME);
        }
        start = target;
        continue;
      }
      position = labelAt;
      if (label > DomainName.MAX_LABEL_LENGTH
          || name.length() + 1 + label > DomainName.MAX_LENGTH) {
        throw malformed(MalformedReason.DOMAIN_NAME);
      }
      name.bytes(bytes(1 + label));
    }
    position = afterPointer < 0 ? position : afterPointer;
    return new DomainName(name.toBytes());
  }

  /** Refuses octets that remain. */
  public void expectEnd() {
    if (position < end) {
      throw malformed(MalformedReason.TRAILING_OCTETS);
    }
  }

  /** A refusal at the present position, to be thrown by the caller. */
  public MalformedPacketException malformed(MalformedReason reason) {
    return new MalformedPacketException(reason, source.sourceOffset() + position);
  }

  private int advance(int length) {
    int at = position;
    if (length < 0 || length > end - at) {
      throw malformed(MalformedReason.TRUNCATED);
    }
    position = at + length;
    return at;
  }
}
