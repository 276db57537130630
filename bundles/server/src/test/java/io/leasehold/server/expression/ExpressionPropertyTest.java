// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Operators next to what Java has for the same. */
class ExpressionPropertyTest {
  private static final ExpressionContext CONTEXT = Packets.context(Family.IPV4, "a", "b", "c");

  private static Bytes value(String text, Membership membership) throws ExpressionException {
    PacketFacts facts = new NoPacket(membership);
    return ExpressionParser.value(text, CONTEXT).of(facts);
  }

  private static String text(String expression) throws ExpressionException {
    return value(expression, Membership.NONE).toUtf8();
  }

  @Property
  void substringIsAPartOfTheValue(
      @ForAll @AlphaChars @StringLength(max = 12) String value,
      @ForAll @IntRange(min = -15, max = 15) int start,
      @ForAll @IntRange(min = -15, max = 15) int length)
      throws ExpressionException {
    int from = start < 0 ? value.length() + start : start;
    String expected = "";
    if (from >= 0 && from < value.length()) {
      expected =
          length < 0
              ? value.substring(Math.max(0, from + length), from)
              : value.substring(from, Math.min(value.length(), from + length));
    }

    assertThat(text("substring('%s', %d, %d)".formatted(value, start, length))).isEqualTo(expected);
  }

  @Property
  void splitTakesWhatIsBetweenDelimiters(
      @ForAll @Size(min = 1, max = 6) List<@AlphaChars @StringLength(max = 3) String> fields,
      @ForAll @IntRange(min = -1, max = 8) int number)
      throws ExpressionException {
    String value = String.join(".", fields);
    String expected = number >= 1 && number <= fields.size() ? fields.get(number - 1) : "";

    assertThat(text("split('%s', '.-', %d)".formatted(value, number))).isEqualTo(expected);
  }

  @Property
  void hexstringWritesOctets(@ForAll @Size(max = 20) byte[] octets) throws ExpressionException {
    String digits = HexFormat.of().formatHex(octets);
    String literal = octets.length == 0 ? "''" : "0x" + digits;

    assertThat(text("hexstring(" + literal + ", ':')"))
        .isEqualTo(HexFormat.ofDelimiter(":").formatHex(octets));
    assertThat(value(literal, Membership.NONE)).isEqualTo(Bytes.copyOf(octets));
  }

  @Property
  void numbersAreWrittenAsTheyAreRead(@ForAll @IntRange(min = 0) int number)
      throws ExpressionException {
    assertThat(text("uint32totext(" + number + ")")).isEqualTo(Integer.toString(number));
    assertThat(text("int32totext(%s)".formatted("0x%08x".formatted(~number))))
        .isEqualTo(Integer.toString(~number));
  }

  /** Random conditions of three classes, next to the same ones evaluated by Java. */
  @Property
  void conditionsFollowLogic(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 0, max = 5) Integer> parts,
      @ForAll @IntRange(min = 0, max = 7) int members)
      throws ExpressionException {
    StringBuilder text = new StringBuilder();
    List<Boolean> alternatives = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      boolean or = i == 0 || parts.get(i) % 2 == 0;
      boolean negated = parts.get(i) > 2;
      int asked = parts.get(i) % 3;
      text.append(i == 0 ? "" : or ? " or " : " and ").append(negated ? "not " : "");
      text.append("member('").append("abc".charAt(asked)).append("')");
      boolean holds = negated != ((members >> asked & 1) == 1);
      if (or) {
        alternatives.add(holds);
      } else {
        alternatives.add(alternatives.remove(alternatives.size() - 1) && holds);
      }
    }

    Condition condition = ExpressionParser.condition(text.toString(), CONTEXT);

    assertThat(condition.holds(new NoPacket(number -> (members >> number & 1) == 1)))
        .as(text.toString())
        .isEqualTo(alternatives.contains(true));
  }

  @Provide
  Arbitrary<String> patterns() {
    Arbitrary<String> atoms =
        Arbitraries.of("a", "b", "c", ".", "[ab]", "[^a]", "\\d", "(a|bc)", "(?:b|)", "a{2}");
    Arbitrary<String> repeated =
        Combinators.combine(atoms, Arbitraries.of("", "", "*", "+", "?", "{0,2}", "{1,}", "*?"))
            .as((atom, times) -> (atom.endsWith("}") ? "(" + atom + ")" : atom) + times);
    return repeated.list().ofMinSize(1).ofMaxSize(5).map(list -> String.join("", list));
  }

  @Property
  void patternsMatchWhatJavaMatches(
      @ForAll("patterns") String pattern,
      @ForAll @Size(max = 8) List<@IntRange(min = 0, max = 3) Integer> letters)
      throws ExpressionException {
    StringBuilder value = new StringBuilder();
    letters.forEach(letter -> value.append("abc1".charAt(letter)));
    String either = pattern + "|^c$";

    Condition condition =
        ExpressionParser.condition("match('%s', '%s')".formatted(either, value), CONTEXT);

    assertThat(condition.holds(new NoPacket(Membership.NONE)))
        .isEqualTo(value.toString().matches(either));
  }
}
