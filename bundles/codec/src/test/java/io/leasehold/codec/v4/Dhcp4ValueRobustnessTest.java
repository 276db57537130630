// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v4;

import static io.leasehold.codec.Hostility.join;
import static io.leasehold.codec.Hostility.refusedByKey;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.MalformedReason;
import io.leasehold.codec.option.OptionType;
import io.leasehold.net.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Option values that hurt other servers, most of them at least {@link #VARIANTS} times over. */
class Dhcp4ValueRobustnessTest extends Dhcp4HostilePackets {
  @Test
  void subOptionLongerThanItsOptionIsRefused() {
    List<Integer> codes = List.of(82, 43, 122, 139);
    everyVariantIsRefused(
        MalformedReason.OPTION_OVERRUN,
        i ->
            packetWith(
                codes.get(i % codes.size()),
                join(Bytes.of(1 + i % 254, 21 + i % 200), packets.octets(0, 20))));
  }

  @Test
  void vendorBlockLongerThanItsOptionIsRefused() {
    everyVariantIsRefused(
        MalformedReason.TRUNCATED,
        i ->
            packetWith(
                i % 2 == 0 ? 124 : 125,
                join(packets.octets(4, 4), Bytes.of(21 + i % 200), packets.octets(0, 20))));
    refused(MalformedReason.OPTION_OVERRUN, packetWith(125, Bytes.ofHex("0000118b03010200")));
  }

  /** RFC 1035 section 4.1.4: a pointer leads to before itself. */
  @ParameterizedTest
  @CsvSource({
    "c000", // to itself
    "0161c002", // to itself after a label
    "0161c000", // to its own beginning
    "c002c000", // forwards, then back
    "016100c004c003", // to the next one
    "016100c0ff", // beyond the option
    "016100c005c003", // a pair that leads in circles
  })
  void compressionThatLeadsNowhereIsRefused(String hex) {
    refused(MalformedReason.COMPRESSED_NAME, packetWith(119, Bytes.ofHex(hex)));
  }

  @Test
  void compressionThatGrowsIsRefused() {
    // Each name is a label in front of the one before: long before the end over 255 octets.
    StringBuilder hex = new StringBuilder("00");
    int last = 0;
    for (int at = 1; at < 300; at += 4) {
      hex.append("0161").append(Integer.toHexString(0xc000 | last));
      last = at;
    }
    Bytes value = Bytes.ofHex(hex.toString());

    assertThat(Dhcp4Options.DOMAIN_SEARCH.decode(value)).hasSize(76);
    StringBuilder longer = new StringBuilder("3f" + "61".repeat(63) + "00");
    last = 0;
    for (int at = 65; at < 400; at += 66) {
      longer.append("3f").append("62".repeat(63)).append(Integer.toHexString(0xc000 | last));
      last = at;
    }
    refused(MalformedReason.DOMAIN_NAME, packetWith(119, Bytes.ofHex(longer.toString())));
  }

  @Test
  void searchListOfTheRfcIsRead() {
    // RFC 3397 section 2: eng.apple.com. and marketing.apple.com., here in one piece.
    Bytes value = Bytes.ofHex("03656e67056170706c6503636f6d00" + "096d61726b6574696e67c004");

    assertThat(Dhcp4Options.DOMAIN_SEARCH.decode(value))
        .extracting(Object::toString)
        .containsExactly("eng.apple.com.", "marketing.apple.com.");
    assertThat(Dhcp4Options.DOMAIN_SEARCH.encode(Dhcp4Options.DOMAIN_SEARCH.decode(value)))
        .isEqualTo(value);
  }

  @Test
  void routeLongerThanAnAddressIsRefused() {
    everyVariantIsRefused(
        MalformedReason.PREFIX_LENGTH,
        i -> packetWith(121, join(Bytes.of(33 + i % 223), packets.octets(8, 36))));
  }

  @Test
  void bitsBeyondARouteAreDropped() {
    for (int length = 0; length <= 32; length++) {
      Bytes value =
          join(
              Bytes.of(length),
              packets.octets((length + 7) / 8, (length + 7) / 8),
              packets.address().bytes());

      ClasslessRoute route = Dhcp4Options.CLASSLESS_ROUTES.decode(value).get(0);

      assertThat(route.destination().ipv4Length()).isEqualTo(length);
      assertThat(Dhcp4OptionTable.row(121).orElseThrow().definition().format().describe(value))
          .isEqualTo(route.toString());
    }
  }

  @Test
  void scalarOfAnotherLengthIsRefused() {
    List<OptionType<?>> scalars =
        List.of(
            Dhcp4Options.SUBNET_MASK,
            Dhcp4Options.REQUESTED_ADDRESS,
            Dhcp4Options.LEASE_TIME,
            Dhcp4Options.SERVER_ID,
            Dhcp4Options.MAX_MESSAGE_SIZE,
            Dhcp4Options.V6ONLY,
            Dhcp4Options.SUBNET_SELECTION);
    for (int i = 0; i < VARIANTS; i++) {
      OptionType<?> scalar = scalars.get(i % scalars.size());
      Bytes tooLong = packets.octets(5, 5 + i);
      refusedByKey(MalformedReason.TRAILING_OCTETS, scalar, tooLong);
      refused(MalformedReason.TRAILING_OCTETS, packetWith(scalar.code(), tooLong));
      refusedByKey(MalformedReason.TRUNCATED, scalar, packets.octets(1, 1));
      refused(MalformedReason.TRUNCATED, packetWith(scalar.code(), packets.octets(1, 1)));
    }
  }

  @Test
  void emptyIdentifiersAndNamesAreRefused() {
    refusedByKey(MalformedReason.EMPTY_VALUE, Dhcp4Options.CLIENT_ID, Bytes.EMPTY);
    refusedByKey(MalformedReason.TRUNCATED, Dhcp4Options.CLIENT_ID, Bytes.of(1));
    refusedByKey(MalformedReason.EMPTY_VALUE, Dhcp4Options.HOST_NAME, Bytes.EMPTY);
    refusedByKey(MalformedReason.EMPTY_VALUE, Dhcp4Options.ROUTERS, Bytes.EMPTY);
    refusedByKey(MalformedReason.TRUNCATED, Dhcp4Options.CLIENT_FQDN, Bytes.of(0, 0));
    assertThat(Dhcp4Options.HOST_NAME.decode(Bytes.of(0, 0))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0000002e61, DOMAIN_NAME",
    "000000612e2e62, DOMAIN_NAME",
    "0400000361, TRUNCATED",
    "04000061, DOMAIN_NAME",
    "040000c000, COMPRESSED_NAME",
    "04000001610061, TRAILING_OCTETS",
  })
  void hostileNamesAreRefused(String hex, MalformedReason reason) {
    refused(reason, packetWith(81, Bytes.ofHex(hex)));
  }
}
