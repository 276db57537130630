// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.net.Bytes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Dhcp4RoundTripTest {
  @Property(tries = 500)
  void messageReturnsFromItsOctets(@ForAll long seed) {
    Dhcp4Message message = new Dhcp4Packets(seed).message();

    Bytes datagram = message.encode();
    assertThat(Dhcp4Message.decode(datagram)).isEqualTo(message);
    assertThat(Dhcp4Message.decode(datagram).encode()).isEqualTo(datagram);
    assertThat(datagram.length()).isGreaterThanOrEqualTo(Dhcp4Message.MIN_LENGTH);
  }

  @Property(tries = 1000)
  void whatHasRoomReturnsAndTheRestIsNamed(
      @ForAll long seed, @ForAll @IntRange(min = 300, max = 1500) int maxLength) {
    Dhcp4Message message = new Dhcp4Packets(seed).message();

    Encoded encoded = message.encode(maxLength);

    assertThat(encoded.datagram().length()).isBetween(Dhcp4Message.MIN_LENGTH, maxLength);
    Options.Builder expected = message.options().toBuilder();
    encoded.leftOut().forEach(expected::remove);
    Dhcp4Message decoded = Dhcp4Message.decode(encoded.datagram());
    assertThat(decoded.toBuilder().options(Options.EMPTY).build())
        .isEqualTo(message.toBuilder().options(Options.EMPTY).build());
    assertThat(byCode(decoded.options())).isEqualTo(byCode(expected.build()));
    assertThat(decoded.options().get(0).code()).isEqualTo(Dhcp4OptionCode.MESSAGE_TYPE);
  }

  private static List<Option> byCode(Options options) {
    return StreamSupport.stream(options.spliterator(), false)
        .sorted(Comparator.comparingInt(Option::code))
        .toList();
  }

  @Property(tries = 300)
  void everyTypedValueReturns(@ForAll long seed) throws IllegalAccessException {
    Options options = Dhcp4Message.decode(new Dhcp4Packets(seed).typicalReply().encode()).options();

    for (var field : Dhcp4Options.class.getFields()) {
      assertReturns((OptionType<?>) field.get(null), options);
    }
  }

  private static <T> void assertReturns(OptionType<T> type, Options options) {
    T value = options.first(type).orElseThrow(() -> new AssertionError(type + " is not there"));
    Bytes encoded = type.encode(value);

    assertThat(encoded).as(type.toString()).isEqualTo(options.raw(type.code()).orElseThrow());
    assertThat(type.decode(encoded)).isEqualTo(value);
  }

  @Property(tries = 300)
  void descriptionOfAWellFormedPacketNamesNothingMalformed(@ForAll long seed) {
    Bytes packet = new Dhcp4Packets(seed).typicalReply().encode();
    Map<String, Object> described =
        new Dhcp4Description(StandardOptions.CATALOGUE).describe(packet);

    assertThat(described.toString()).doesNotContain("malformed");
    assertThat(new Dhcp4MessageText(StandardOptions.CATALOGUE).describe(packet))
        .startsWith("ack op reply hardware-type 1 hops ")
        .contains("\n  routers (3): ", "\n    circuit-id (1): ", "\n    enterprise (4491)\n")
        .doesNotContain("malformed");
  }
}
