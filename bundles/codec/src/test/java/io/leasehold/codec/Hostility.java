// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;

/**
 * What has to become of hostile packets.
 *
 * @param reader reads all of a packet
 * @param describer the description of a packet; of a bad one, too
 */
public record Hostility(Consumer<Bytes> reader, Function<Bytes, String> describer) {
  /** How many packets each robustness test makes. */
  public static final int VARIANTS = 240;

  /** It is refused for that reason, at one of its octets. */
  public void refused(MalformedReason reason, Bytes packet) {
    assertThatThrownBy(() -> reader.accept(packet))
        .as("packet %s", packet)
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason)
        .satisfies(e -> assertThat(e.offset()).isBetween(0, packet.length()))
        .satisfies(e -> assertThat(e.getStackTrace()).isEmpty());
    assertThat(describer.apply(packet)).contains("malformed: ").contains(reason.word());
  }

  /** Any outcome but another exception; the description always comes out. */
  public void onlyMalformed(Bytes packet) {
    try {
      reader.accept(packet);
    } catch (MalformedPacketException e) {
      assertThat(e.offset()).isBetween(0, packet.length());
    }
    assertThat(describer.apply(packet)).isNotEmpty();
  }

  /** What the typed key says of a value, without the table's opinion. */
  public static void refusedByKey(MalformedReason reason, OptionType<?> type, Bytes value) {
    assertThatThrownBy(() -> Options.of(new Option(type.code(), value)).first(type))
        .as("%s %s", type, value)
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason)
        .returns(type.name(), MalformedPacketException::path);
  }

  /** Octets one after the other. */
  public static Bytes join(Bytes... parts) {
    StringBuilder hex = new StringBuilder();
    for (Bytes part : parts) {
      hex.append(part.toHex());
    }
    return Bytes.ofHex(hex.toString());
  }
}
