// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.failover;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.net.Bytes;
import java.util.Objects;

/**
 * A message of one partner to the other (RFC 8156 section 5.2).
 *
 * @param type {@link Dhcp6MessageType#BNDUPD} to {@link Dhcp6MessageType#CONTACT}
 * @param transactionId 24 bits
 * @param sentTime when it was sent, by the sender's clock
 * @param options the options in order
 */
public record FailoverMessage(int type, int transactionId, AbsoluteTime sentTime, Options options)
    implements FailoverFrame {
  /** Octets before the options. */
  public static final int HEADER_LENGTH = 8;

  /** Moments of two clocks that are no further apart are the same (RFC 8156 section 7.1). */
  public static final long SAME_TIME_SECONDS = 5;

  /** Refuses other types and numbers that do not fit. */
  public FailoverMessage {
    Objects.requireNonNull(sentTime);
    Objects.requireNonNull(options);
    if (!Dhcp6MessageType.isFailover(type)) {
      throw new IllegalArgumentException("not a failover message type: " + type);
    }
    if ((transactionId & ~0xff_ffff) != 0) {
      throw new IllegalArgumentException("transaction id " + transactionId + " exceeds 24 bits");
    }
  }

  /**
   * Reads a message; see {@link FailoverFrame#decode}.
   *
   * @throws MalformedPacketException if the octets are not such a message
   */
  public static FailoverMessage decode(Bytes frame) {
    ByteReader in = new ByteReader(frame);
    int type = in.u8();
    if (!Dhcp6MessageType.isFailover(type)) {
      throw new MalformedPacketException(MalformedReason.INVALID_VALUE, frame.sourceOffset());
    }
    int transactionId = in.u24();
    AbsoluteTime sentTime = AbsoluteTime.read(in);
    Options options = Options.decode(in.rest());
    KnownOptions.check(options);
    return new FailoverMessage(type, transactionId, sentTime, options);
  }

  /** The same message with another time: it is set as late as can be before sending. */
  public FailoverMessage sentAt(AbsoluteTime time) {
    return new FailoverMessage(type, transactionId, time, options);
  }

  /**
   * The octets of the message.
   *
   * @throws IllegalArgumentException if there are more than {@link #MAX_LENGTH}
   */
  @Override
  public Bytes encode() {
    int length = HEADER_LENGTH + options.encodedLength();
    if (length > MAX_LENGTH) {
      throw new IllegalArgumentException(this + " has " + length + " octets");
    }
    ByteWriter out = new ByteWriter(length);
    out.u8(type).u24(transactionId).u32(sentTime.seconds());
    options.encode(out);
    return out.toBytes();
  }

  /** {@code contact xid 0x000004 sent 2027-01-20T16:57:52Z []}. */
  @Override
  public String toString() {
    return Dhcp6MessageType.name(type)
        + " xid 0x"
        + Integer.toHexString(0x100_0000 | transactionId).substring(1)
        + " sent "
        + sentTime
        + " "
        + options;
  }
}
