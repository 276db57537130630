// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {
  @ParameterizedTest
  @CsvSource({
    "example.com, 076578616d706c6503636f6d00, example.com.",
    "example.com., 076578616d706c6503636f6d00, example.com.",
    "., 00, .",
    "a\\.b.c, 03612e62016300, a\\.b.c.",
    "a\\032b, 0361206200, a\\032b.",
  })
  void completeNameIsReadAndWritten(String text, String wire, String canonical) {
    DomainName name = DomainName.ofText(text);

    assertThat(name.wire().toHex()).isEqualTo(wire);
    assertThat(name).hasToString(canonical);
    assertThat(name.isPartial()).isFalse();
  }

  @Test
  void partialNameHasNoFinalZero() {
    DomainName name = DomainName.ofPartialText("Host");

    assertThat(name.wire().toHex()).isEqualTo("04486f7374");
    assertThat(name.isPartial()).isTrue();
    assertThat(name).hasToString("Host");
    assertThat(name.toLowerCase()).hasToString("host");
    assertThat(DomainName.ofPartialText("host.example.").isPartial()).isFalse();
    assertThat(DomainName.ofPartialText("host\\.").isPartial()).isTrue();
    assertThat(DomainName.ofPartialText("host\\\\.").isPartial()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a..b", ".a", "..", "a\\", "a\\25", "a\\256", ""})
  void otherTextIsRefused(String text) {
    assertThatThrownBy(() -> DomainName.ofPartialText(text))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void limitsOfTheDnsHold() {
    String label = "a".repeat(63);
    String longest = label + "." + label + "." + label + "." + "a".repeat(61);

    assertThat(DomainName.ofText(longest).wire().length()).isEqualTo(DomainName.MAX_LENGTH);
    assertThatThrownBy(() -> DomainName.ofText(longest + "a"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> DomainName.ofText(label + "a"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0161000161", "0000", "4061", "c000", "0561"})
  void otherOctetsAreRefused(String hex) {
    assertThatThrownBy(() -> new DomainName(Bytes.ofHex(hex)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void textReturnsToTheSameName(
      @ForAll @Size(min = 1, max = 3) List<@Size(min = 1, max = 63) byte[]> labels,
      @ForAll boolean partial) {
    StringBuilder hex = new StringBuilder();
    for (byte[] label : labels) {
      hex.append(Bytes.of(label.length)).append(Bytes.copyOf(label));
    }
    DomainName name = new DomainName(Bytes.ofHex(hex + (partial ? "" : "00")));

    assertThat(DomainName.ofPartialText(name.toString())).isEqualTo(name);
  }
}
