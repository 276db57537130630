// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.net.Bytes;
import java.util.StringJoiner;

/**
 * The codes of options that a client asks for, in the order it would have them (RFC 2132 section
 * 9.8).
 *
 * @param codes an octet a code
 */
public record ParameterRequest(Bytes codes) {
  /** No codes. */
  public static final ParameterRequest EMPTY = new ParameterRequest(Bytes.EMPTY);

  /** A request for the codes, 0 to 255 each, in that order. */
  public static ParameterRequest of(int... codes) {
    return new ParameterRequest(Bytes.of(codes));
  }

  /** How many codes there are. */
  public int size() {
    return codes.length();
  }

  /** The code at the index, from 0. */
  public int code(int index) {
    return codes.at(index);
  }

  /** Whether the code is asked for. */
  public boolean contains(int code) {
    for (int i = 0; i < codes.length(); i++) {
      if (codes.at(i) == code) {
        return true;
      }
    }
    return false;
  }

  /** {@code [1, 3, 6]}. */
  @Override
  public String toString() {
    StringJoiner out = new StringJoiner(", ", "[", "]");
    for (int i = 0; i < size(); i++) {
      out.add(Integer.toString(code(i)));
    }
    return out.toString();
  }
}
