// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionTextTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "0xABCD, abcd",
        "ABCD, abcd",
        "AB:CD, abcd",
        "a:b, 0a0b",
        "AB CD, abcd",
        "ABC, 0abc",
        "'text', 74657874",
        "'', \"\"",
        "\" 0xAB \", ab",
        "'0x41', 30783431",
        "\"\", \"\""
      })
  void octetsAreReadAsKeaDoes(String data, String hex) {
    assertThat(OptionText.octets(data).toHex()).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xyz", "'text", "AB:CD EF", "0x0x", "AB::CD", "A-B"})
  void otherTextIsRefused(String data) {
    assertThatThrownBy(() -> OptionText.octets(data)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void commaWithinAFieldIsEscaped() {
    assertThat(OptionText.fields(" a , b\\,c,\\d,, ")).containsExactly("a", "b,c", "\\d", "", "");
    assertThat(OptionText.fields("  ")).isEmpty();
  }
}
