// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the fields and then, in their order, the parameters of a message or of a parameter. Those
 * of unknown type are dealt with on the way as their type says (RFC 5354 section 3); known ones in
 * the wrong place make the message one of Invalid Values. One thread.
 */
public final class ParameterReader {
  private final Bytes octets;
  private final ByteReader in;
  private final Reading reading;
  private final Tlv around;
  private Tlv next;

  /** Of a parameter, or of a message if there is none around. */
  ParameterReader(Bytes octets, Reading reading, Tlv around) {
    this.octets = octets;
    this.in = new ByteReader(octets);
    this.reading = reading;
    this.around = around;
  }

  /** The next field of 16 bits. */
  public int u16() {
    return in.u16();
  }

  /** The next field of 32 bits. */
  public long u32() {
    return in.u32();
  }

  /** The parameter that must be next. */
  public <T> T one(ParameterFormat<T> format) {
    return optional(format).orElseThrow(this::missing);
  }

  /** The next parameter, if it is of that kind. */
  public <T> Optional<T> optional(ParameterFormat<T> format) {
    Tlv tlv = peek(format);
    if (tlv == null || !format.accepts().test(tlv)) {
      return Optional.empty();
    }
    next = null;
    return Optional.of(format.read().apply(tlv));
  }

  /** The next parameters, as long as they are of that kind. */
  public <T> List<T> any(ParameterFormat<T> format) {
    List<T> all = new ArrayList<>(1);
    for (Optional<T> each = optional(format); each.isPresent(); each = optional(format)) {
      all.add(each.get());
    }
    return List.copyOf(all);
  }

  /** The next parameters of that kind, of which there must be one. */
  public <T> List<T> some(ParameterFormat<T> format) {
    List<T> all = any(format);
    if (all.isEmpty()) {
      throw missing();
    }
    return all;
  }

  /** Whether there are further parameters that are known. */
  public boolean hasNext() {
    return peek(null) != null;
  }

  /** Refuses what is left. */
  public void end() {
    Tlv left = peek(null);
    if (left != null) {
      throw left.invalid();
    }
  }

  private RuntimeException missing() {
    Tlv instead = next == null ? around : next;
    return instead == null ? in.malformed(MalformedReason.MISSING_OPTION) : instead.invalid();
  }

  /**
   * The next parameter that is known, or that is of a kind which is.
   *
   * @throws MalformedPacketException if lengths are wrong
   */
  private Tlv peek(ParameterFormat<?> format) {
    while (next == null && in.hasRemaining()) {
      Tlv tlv = take();
      if (ParameterType.isDefined(tlv.type()) || format != null && format.accepts().test(tlv)) {
        next = tlv;
      } else {
        unknown(tlv);
      }
    }
    return next;
  }

  /** The last parameter in a parameter may lack its padding (RFC 5354 section 2). */
  private Tlv take() {
    int from = octets.length() - in.remaining();
    in.u16();
    int length = in.u16();
    if (length < Parameter.HEADER_LENGTH) {
      throw in.malformed(MalformedReason.TRUNCATED);
    }
    if (length - Parameter.HEADER_LENGTH > in.remaining()) {
      throw in.malformed(MalformedReason.OPTION_OVERRUN);
    }
    in.bytes(length - Parameter.HEADER_LENGTH);
    in.bytes(Math.min(Tlv.padding(length), in.remaining()));
    return new Tlv(octets.slice(from, from + length), reading);
  }

  private void unknown(Tlv tlv) {
    ErrorCause cause =
        ParameterType.isReported(tlv.type())
            ? ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, tlv.octets())
            : null;
    if (!ParameterType.isSkipped(tlv.type())) {
      throw new DiscardedException(Decoded.Reason.UNKNOWN_PARAMETER, cause);
    }
    if (cause != null) {
      reading.report(cause);
    }
  }
}
