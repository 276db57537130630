// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import static io.leasehold.codec.option.OptionFraming.NARROW;
import static io.leasehold.codec.option.OptionFraming.WIDE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.ByteReader;
import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.net.Bytes;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionFramingTest {
  private static final Options TWO =
      Options.of(new Option(1, Bytes.of(7)), new Option(254, Bytes.EMPTY));

  @Test
  void eachFamilyHasItsHeaders() {
    assertThat(NARROW.encode(TWO).toHex()).isEqualTo("010107fe00");
    assertThat(WIDE.encode(TWO).toHex()).isEqualTo("000100010700fe0000");
    assertThat(NARROW.decode(NARROW.encode(TWO))).isEqualTo(TWO);
    assertThat(WIDE.decode(WIDE.encode(TWO))).isEqualTo(TWO);
  }

  /** RFC 2132 section 8.4. */
  @Test
  void paddingAndEndOfNarrowOptionsAreSkipped() {
    assertThat(NARROW.decode(Bytes.ofHex("00010107" + "0000" + "fe00" + "ff" + "0105")))
        .isEqualTo(TWO);
    assertThat(NARROW.decode(Bytes.EMPTY)).isEqualTo(Options.EMPTY);
  }

  @Test
  void bothAreReadOneByOne() {
    for (OptionFraming framing : OptionFraming.values()) {
      ByteReader in = new ByteReader(framing.encode(TWO));

      assertThat(framing.next(in)).contains(TWO.get(0));
      assertThat(framing.next(in)).contains(TWO.get(1));
      assertThat(framing.next(in)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "01, TRUNCATED, 1",
    "0102aa, OPTION_OVERRUN, 0",
    "000101aa01ff, OPTION_OVERRUN, 4",
  })
  void brokenFramingIsRefused(String hex, MalformedReason reason, int offset) {
    assertThatThrownBy(() -> NARROW.decode(Bytes.ofHex(hex)))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(reason, MalformedPacketException::reason)
        .returns(offset, MalformedPacketException::offset);
  }

  @Test
  void countIsLimited() {
    byte[] octets = new byte[2 * (Options.MAX_COUNT + 1)];
    for (int at = 0; at < octets.length; at += 2) {
      octets[at] = 1;
    }
    Bytes more = Bytes.wrap(octets);

    assertThat(NARROW.decode(more.slice(0, octets.length - 2)).size()).isEqualTo(Options.MAX_COUNT);
    assertThatThrownBy(() -> NARROW.decode(more))
        .asInstanceOf(InstanceOfAssertFactories.type(MalformedPacketException.class))
        .returns(MalformedReason.TOO_MANY_OPTIONS, MalformedPacketException::reason);
  }

  @Test
  void whatDoesNotFitAnOctetIsRefused() {
    Options longValue = Options.of(new Option(1, Bytes.wrap(new byte[256])));
    Options largeCode = Options.of(new Option(256, Bytes.EMPTY));
    OptionSpace space = new OptionSpace("test", NARROW);

    assertThatThrownBy(() -> NARROW.encode(longValue)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NARROW.encode(largeCode)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> OptionDefinition.of(space, 256, "x", "uint8"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
