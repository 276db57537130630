// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How parameters of one kind are recognized and read.
 *
 * @param accepts whether a received parameter is one
 * @param read its value; throws {@code MalformedPacketException}, or {@link Tlv#invalid()}
 * @param <T> what is read
 */
public record ParameterFormat<T>(Predicate<Tlv> accepts, Function<Tlv, T> read) {
  /** For parameters of one type. */
  public ParameterFormat(int type, Function<Tlv, T> read) {
    this(tlv -> tlv.type() == type, read);
  }
}
