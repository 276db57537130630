// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Optional;

/** Reads messages of either protocol. */
public final class MessageReader {
  private static final int KIND = 0xc0;
  private static final int REPORTED = 0x40;

  private MessageReader() {}

  /**
   * The messages of a protocol.
   *
   * @param <M> its messages
   */
  public interface Grammar<M extends PoolMessage> {
    /** Whether a type is one of its messages. */
    boolean knows(int type);

    /** Whether a message is about an error, and therefore answered by none. */
    boolean isError(int type);

    /** Reads a message of a known type; what it leaves is refused. */
    M read(int type, int flags, ParameterReader in);
  }

  /**
   * Reads a message.
   *
   * @param frame a whole message, with its padding or without; not copied
   * @throws MalformedPacketException if lengths are wrong, or a parameter is missing
   */
  public static <M extends PoolMessage> Decoded<M> decode(Bytes frame, Grammar<M> grammar) {
    ByteReader in = new ByteReader(frame);
    int type = in.u8();
    int flags = in.u8();
    int length = in.u16();
    if (length < PoolMessage.HEADER_LENGTH || length > frame.length()) {
      throw in.malformed(MalformedReason.TRUNCATED);
    }
    if (frame.length() > Tlv.padded(length)) {
      throw in.malformed(MalformedReason.TRAILING_OCTETS);
    }
    Bytes message = frame.slice(0, length);
    Reading reading = new Reading();
    if (!grammar.knows(type)) {
      return unknown(type, message, reading);
    }
    try {
      Bytes body = message.slice(PoolMessage.HEADER_LENGTH, length);
      ParameterReader parameters = new ParameterReader(body, reading, null);
      M read = grammar.read(type, flags, parameters);
      parameters.end();
      return new Decoded.Accepted<>(read, grammar.isError(type) ? List.of() : reading.reports());
    } catch (DiscardedException e) {
      return discarded(e, type, grammar, reading);
    }
  }

  /** RFC 5354 section 4: whether it is reported is in the two top bits of its type. */
  private static <M extends PoolMessage> Decoded<M> unknown(
      int type, Bytes message, Reading reading) {
    if ((type & KIND) == REPORTED) {
      reading.report(ErrorCause.of(ErrorCause.UNRECOGNIZED_MESSAGE, message));
    }
    return new Decoded.Discarded<>(
        type, Decoded.Reason.UNKNOWN_MESSAGE, reading.reports(), Optional.empty());
  }

  private static <M extends PoolMessage> Decoded<M> discarded(
      DiscardedException why, int type, Grammar<M> grammar, Reading reading) {
    boolean isSilent = why.cause() == null || grammar.isError(type);
    if (!isSilent) {
      reading.report(why.cause());
    }
    return new Decoded.Discarded<>(
        type, why.reason(), isSilent ? List.of() : reading.reports(), reading.subject());
  }
}
