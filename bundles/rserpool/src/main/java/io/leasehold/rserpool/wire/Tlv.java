// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;

/** A received parameter, and the message that it is read for. One thread. */
public final class Tlv {
  private static final int ALIGNMENT = 4;

  private final Bytes octets;
  private final Reading reading;

  Tlv(Bytes octets, Reading reading) {
    this.octets = octets;
    this.reading = reading;
  }

  /** So many octets with their padding. */
  static int padded(int length) {
    return length + padding(length);
  }

  static int padding(int length) {
    return -length & ALIGNMENT - 1;
  }

  /** Its type. */
  public int type() {
    return octets.u16(0);
  }

  /** All octets from the type to the end of the value, as they came. */
  public Bytes octets() {
    return octets;
  }

  /** The value, as a view of what was received. */
  public Bytes value() {
    return octets.slice(Parameter.HEADER_LENGTH, octets.length());
  }

  /**
   * The value, of exactly so many octets.
   *
   * @throws MalformedPacketException if it has others
   */
  public ByteReader fields(int length) {
    ByteReader fields = new ByteReader(value());
    if (fields.remaining() != length) {
      throw fields.malformed(
          fields.remaining() < length ? MalformedReason.TRUNCATED : MalformedReason.VALUE_TOO_LONG);
    }
    return fields;
  }

  /** The value, to be read as fields and the parameters behind them. */
  public ParameterReader parameters() {
    return new ParameterReader(value(), reading, this);
  }

  /** A refusal of its value (RFC 5354 section 3.12.4), to be thrown by who reads it. */
  public RuntimeException invalid() {
    return new DiscardedException(
        Decoded.Reason.INVALID_VALUES, ErrorCause.of(ErrorCause.INVALID_VALUES, octets));
  }

  /** Remembers which pool the message is about. */
  public void isAbout(PoolHandle handle) {
    reading.handle = handle;
  }

  /** Remembers which pool element the message is about. */
  public void isAbout(long elementIdentifier) {
    reading.element = elementIdentifier;
  }
}
