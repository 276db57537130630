// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import io.leasehold.codec.option.OptionFraming;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.Objects;
import java.util.Optional;

/**
 * What relay agents say of a client (RFC 3046), see {@link RelayAgentOptions}. A server that sends
 * it back uses the octets as they came, not this.
 *
 * @param subOptions in the order they came
 */
public record RelayAgentInfo(Options subOptions) {
  /** No sub-options. */
  public static final RelayAgentInfo EMPTY = new RelayAgentInfo(Options.EMPTY);

  /** Refuses null. */
  public RelayAgentInfo {
    Objects.requireNonNull(subOptions);
  }

  static RelayAgentInfo decode(Bytes value) {
    return new RelayAgentInfo(OptionFraming.NARROW.decode(value));
  }

  Bytes encode() {
    return OptionFraming.NARROW.encode(subOptions);
  }

  /**
   * The first sub-option of the type, decoded now.
   *
   * @throws io.leasehold.codec.MalformedPacketException if its value is not what the type says
   */
  public <T> Optional<T> first(OptionType<T> type) {
    return subOptions.first(type);
  }

  /** The octets of the first sub-option with the code. */
  public Optional<Bytes> raw(int code) {
    return subOptions.raw(code);
  }
}
