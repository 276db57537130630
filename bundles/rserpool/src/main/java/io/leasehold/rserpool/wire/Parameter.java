// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import io.leasehold.codec.ByteWriter;

/** What messages are made of (RFC 5354 section 3): type, length, value. Immutable. */
public interface Parameter {
  /** Octets of type and length. */
  int HEADER_LENGTH = 4;

  /** See {@link ParameterType}. */
  int type();

  /** Octets of the value, without the padding that may follow. */
  int valueLength();

  /** Writes the value. */
  void writeValue(ByteWriter out);

  /** Octets in a message: header, value and padding. */
  default int paddedLength() {
    return Tlv.padded(HEADER_LENGTH + valueLength());
  }
}
