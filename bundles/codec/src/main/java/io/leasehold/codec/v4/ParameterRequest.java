// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.option.RequestedCodes;
import io.leasehold.net.Bytes;

/**
 * The codes of options that a client asks for, in the order it would have them (RFC 2132 section
 * 9.8).
 *
 * @param codes an octet a code
 */
public record ParameterRequest(Bytes codes) implements RequestedCodes {
  /** No codes. */
  public static final ParameterRequest EMPTY = new ParameterRequest(Bytes.EMPTY);

  /** A request for the codes, 0 to 255 each, in that order. */
  public static ParameterRequest of(int... codes) {
    return new ParameterRequest(Bytes.of(codes));
  }

  @Override
  public int size() {
    return codes.length();
  }

  @Override
  public int code(int index) {
    return codes.at(index);
  }

  @Override
  public String toString() {
    return text();
  }
}
