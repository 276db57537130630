// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SanitizerTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 0x07, 0x0a, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0xa0, 0x061c, 0x200b, 0x200e, 0x2028, 0x2029,
        0x202a, 0x202e, 0x2066, 0x2069, 0xd800, 0xdfff, 0xe000, 0xfeff
      })
  void writesWhatIsNoPlainCharacterAsItsNumber(int character) {
    assertThat(Sanitizer.line("a" + (char) character + "b"))
        .isEqualTo("a\\u%04xb".formatted(character));
  }

  @Test
  void leavesPlainCharactersAndDoublesTheBackslash() {
    assertThat(Sanitizer.line("Gerät 7 \\ 端口")).isEqualTo("Gerät 7 \\\\ 端口");
    assertThat(Sanitizer.line(Character.toString(0xe0001))).isEqualTo("\\U000e0001");
  }

  @Test
  void writesOctetsThatAreNoTextWithReplacementCharacters() {
    assertThat(Sanitizer.line(Bytes.of('p', 0xff, 0x1b, 0))).isEqualTo("p\ufffd\\u001b\\u0000");
  }

  @Test
  void leavesTextOfTheGreatestLengthAsItIs() {
    String longest = "x".repeat(Sanitizer.MAX_CHARACTERS);
    assertThat(Sanitizer.line(longest)).isEqualTo(longest);
    assertThat(Sanitizer.line(longest + "x")).hasSize(Sanitizer.MAX_CHARACTERS).endsWith("xxx...");
  }

  @Test
  void takesNoTextForEmptyText() {
    assertThat(Sanitizer.line((String) null)).isEmpty();
  }

  @Property
  void givesOneShortLineOfAnything(@ForAll String text) {
    String line = Sanitizer.line(text);
    assertThat(line.length()).isLessThanOrEqualTo(Sanitizer.MAX_CHARACTERS);
    assertThat(line.codePoints())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
  }
}
