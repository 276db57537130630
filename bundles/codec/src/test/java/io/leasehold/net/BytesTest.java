// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
  @ParameterizedTest
  @CsvSource({"'',''", "0a0b,0a0b", "0A:0b,0a0b", "0x0a0B,0a0b", "1:2:3,010203", "a:bc,0abc"})
  void hexIsRead(String text, String expected) {
    assertThat(Bytes.ofHex(text).toHex()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "0a0", "0g", "0a:", ":0a", "0a::0b", "0a:0b0c", "0a 0b", "0xx", "é"})
  void otherTextIsNotHex(String text) {
    assertThatThrownBy(() -> Bytes.ofHex(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void hexReturnsToTheSameOctets(@ForAll byte[] octets) {
    Bytes bytes = Bytes.copyOf(octets);

    assertThat(Bytes.ofHex(bytes.toHex())).isEqualTo(bytes);
    assertThat(Bytes.ofHex(bytes.toHex(":"))).isEqualTo(bytes);
    assertThat(bytes.toArray()).isEqualTo(octets);
    assertThat(Bytes.copyOf(ByteBuffer.wrap(octets))).isEqualTo(bytes);
  }

  @Test
  void sliceIsEqualToACopyAndRemembersWhereItCameFrom() {
    Bytes whole = Bytes.of(1, 2, 3, 4, 5, 6, 7, 8, 255);
    Bytes slice = whole.slice(2, 9);

    assertThat(slice).isEqualTo(Bytes.of(3, 4, 5, 6, 7, 8, 255)).hasSameHashCodeAs(slice.compact());
    assertThat(slice.sourceOffset()).isEqualTo(2);
    assertThat(slice.slice(1, 3).sourceOffset()).isEqualTo(3);
    assertThat(slice.compact().sourceOffset()).isZero();
    assertThat(slice.at(6)).isEqualTo(255);
    assertThat(slice.u16(5)).isEqualTo(0x08ff);
    assertThat(slice.u32(3)).isEqualTo(0x060708ffL);
    assertThat(Bytes.of(0xff, 0xff, 0xff, 0xff).u32(0)).isEqualTo(0xffff_ffffL);
  }

  @Test
  void nothingOutsideASliceIsReached() {
    Bytes slice = Bytes.of(1, 2, 3, 4).slice(1, 3);

    assertThatThrownBy(() -> slice.at(2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.at(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.u16(1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> slice.slice(0, 3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void givenArrayCanChangeWithoutEffect() {
    byte[] given = {1, 2};
    Bytes bytes = Bytes.copyOf(given);
    given[0] = 9;
    bytes.toArray()[1] = 9;

    assertThat(bytes).isEqualTo(Bytes.of(1, 2));
  }

  @Test
  void orderIsUnsignedAndShorterFirst() {
    assertThat(Bytes.of(0x80)).isGreaterThan(Bytes.of(0x7f, 0xff));
    assertThat(Bytes.of(1)).isLessThan(Bytes.of(1, 0));
  }

  @Test
  void bufferPositionIsLeftAlone() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {1, 2, 3});
    buffer.get();

    assertThat(Bytes.copyOf(buffer)).isEqualTo(Bytes.of(2, 3));
    assertThat(buffer.position()).isEqualTo(1);
  }
}
