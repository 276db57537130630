// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.ByteWriter;
import io.leasehold.codec.option.OptionType;
import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class MessageRoundTripTest {
  @Property(tries = 500)
  void messageReturnsFromItsOctets(@ForAll long seed) {
    Dhcp6Message message = new Packets(seed).message();

    assertThat(Dhcp6Message.decode(message.encode())).isEqualTo(message);
  }

  @Property(tries = 500)
  void octetsReturnFromTheMessage(@ForAll long seed) {
    Bytes packet = new Packets(seed).message().encode();

    assertThat(Dhcp6Message.decode(packet).encode()).isEqualTo(packet);
  }

  @Property(tries = 300)
  void everyTypedValueReturns(@ForAll long seed) throws IllegalAccessException {
    Options options = new Packets(seed).typicalReply().options();
    Options decoded = Options.decode(options.encode());

    for (var field : Dhcp6Options.class.getFields()) {
      assertReturns((OptionType<?>) field.get(null), decoded);
    }
  }

  private static <T> void assertReturns(OptionType<T> type, Options options) {
    List<T> values = options.all(type);
    List<Bytes> encoded = values.stream().map(type::encode).toList();

    assertThat(encoded).isEqualTo(options.allRaw(type.code()));
    assertThat(encoded.stream().map(type::decode).toList()).isEqualTo(values);
  }

  @Property(tries = 300)
  void lengthIsKnownBeforeEncoding(@ForAll long seed) {
    Options options = new Packets(seed).clientMessage().options();
    ByteWriter out = new ByteWriter(0);
    options.encode(out);

    assertThat(out.length()).isEqualTo(options.encodedLength());
  }

  @Property(tries = 500)
  void excludedPrefixReturns(@ForAll long seed) {
    Packets packets = new Packets(seed);
    Prefix delegated = packets.address().prefix(packets.below(128));
    Ipv6 any = packets.address();
    Ipv6 last = delegated.last();
    Ipv6 first = delegated.first();
    Prefix inside =
        new Ipv6(
                first.high() | any.high() & (first.high() ^ last.high()),
                first.low() | any.low() & (first.low() ^ last.low()))
            .prefix(delegated.length() + 1 + packets.below(128 - delegated.length()));
    PdExclude exclude = PdExclude.of(delegated, inside);

    assertThat(exclude.within(delegated)).isEqualTo(inside);
    assertThat(Dhcp6Options.PD_EXCLUDE.decode(Dhcp6Options.PD_EXCLUDE.encode(exclude)))
        .isEqualTo(exclude);
  }

  @Property(tries = 300)
  void descriptionOfAWellFormedPacketNamesNothingMalformed(@ForAll long seed) {
    Bytes packet = new Packets(seed).typicalReply().encode();
    Map<String, Object> described =
        new Dhcp6Description(Dhcp6OptionTable.CATALOGUE).describe(packet);

    assertThat(described.toString()).doesNotContain("malformed");
    assertThat(new Dhcp6MessageText(Dhcp6OptionTable.CATALOGUE).describe(packet))
        .startsWith("reply transaction-id 0x")
        .contains("\n  clientid (1): ")
        .doesNotContain("malformed");
  }
}
