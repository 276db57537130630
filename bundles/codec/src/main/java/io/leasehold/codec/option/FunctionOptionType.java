// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import io.leasehold.net.Bytes;
import java.util.function.Function;

/** An option type made of two functions. */
record FunctionOptionType<T>(
    int code, String name, Function<Bytes, T> decoder, Function<T, Bytes> encoder)
    implements OptionType<T> {

  @Override
  public T decode(Bytes value) {
    return decoder.apply(value);
  }

  @Override
  public Bytes encode(T value) {
    return encoder.apply(value);
  }

  @Override
  public String toString() {
    return name + "(" + code + ")";
  }
}
