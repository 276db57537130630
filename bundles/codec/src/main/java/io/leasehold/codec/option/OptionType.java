// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.net.Bytes;
import java.util.function.Function;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * A typed key to an option: its code, its name, and how its value is read and written.
 * Implementations are immutable and may be used by any thread.
 *
 * @param <T> the value, an immutable type
 */
@ConsumerType
public interface OptionType<T> {
  /** The code, 0 to 65535. */
  int code();

  /** The name operators know the option by. */
  String name();

  /**
   * Reads a received value, all of it.
   *
   * @throws io.leasehold.codec.MalformedPacketException if the octets are not such a value
   */
  T decode(Bytes value);

  /**
   * Writes a value.
   *
   * @throws IllegalArgumentException if it cannot be expressed
   */
  Bytes encode(T value);

  /** A key made of two functions that keep the promises of {@link #decode} and {@link #encode}. */
  static <T> OptionType<T> of(
      int code, String name, Function<Bytes, T> decoder, Function<T, Bytes> encoder) {
    return new FunctionOptionType<>(code, name, decoder, encoder);
  }
}
