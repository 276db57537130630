// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.parameter;

import io.leasehold.codec.ByteWriter;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.Parameter;
import io.leasehold.rserpool.wire.ParameterFormat;
import io.leasehold.rserpool.wire.ParameterType;
import java.util.Objects;

/**
 * State that a pool element leaves with a pool user (RFC 5354 section 3.13).
 *
 * @param octets which only pool elements understand
 */
public record Cookie(Bytes octets) implements Parameter {
  /** How it is read. */
  public static final ParameterFormat<Cookie> FORMAT =
      new ParameterFormat<>(ParameterType.COOKIE, tlv -> new Cookie(tlv.value().compact()));

  /** Keeps the octets. */
  public Cookie {
    Objects.requireNonNull(octets);
  }

  @Override
  public int type() {
    return ParameterType.COOKIE;
  }

  @Override
  public int valueLength() {
    return octets.length();
  }

  @Override
  public void writeValue(ByteWriter out) {
    out.bytes(octets);
  }

  /** How many octets it has, not which. */
  @Override
  public String toString() {
    return "cookie (" + octets.length() + " octets)";
  }
}
