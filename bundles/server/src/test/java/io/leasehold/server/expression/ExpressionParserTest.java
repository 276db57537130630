// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParserTest {
  private static final ExpressionContext V4 = Packets.context(Family.IPV4, "gold", "KNOWN");
  private static final ExpressionContext V6 = Packets.context(Family.IPV6, "gold", "KNOWN");

  /** The mark § is where the mistake is. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("§", "the end where a condition or a value is needed"),
        arguments("§option[61].hex", "a value where a condition is needed"),
        arguments("not §'a'", "a value where a condition is needed"),
        arguments("§option[61].exists == 'a'", "a condition where a value is needed"),
        arguments("'a' == 'a' §== 'a'", "a condition cannot be compared"),
        arguments(
            "option[§hostname].exists", "\"hostname\" is not an option of the space \"dhcp4\""),
        arguments("option[§256].exists", "is not the code of an option; accepted are 0 to 255"),
        arguments("option[61].§octets == ''", "accepted are exists, hex, text and option[]"),
        arguments("option§[61", "nothing closes this bracket"),
        arguments("§relay6[0].peeraddr == ::", "\"relay6\" is of DHCPv6, not of DHCPv4"),
        arguments("pkt4.§foo == 1", "accepted are mac, hlen, htype"),
        arguments("vendor[§x].exists", "not the number of an enterprise; accepted are 0 to"),
        arguments("§option_61", "accepted are option[], vendor[], vendor-class[], pkt., relay4[]"),
        arguments("member(§'silver')", "there is no class \"silver\" to ask for"),
        arguments("member(§gold)", "is not the name of a class"),
        arguments("§'a", "nothing closes this quotation mark"),
        arguments("'a' §= 'b'", "values are compared with \"==\""),
        arguments("§\"a\" == 'b'", "a text is in single quotation marks"),
        arguments("'a' == 'b' §&& known", "conditions are joined with \"and\""),
        arguments("'a' == 'b' §|| known", "conditions are joined with \"or\""),
        arguments("§!known", "turned round with \"not\""),
        arguments("('a' == 'b'§", "does not close the \"(\" of column 1"),
        arguments("'a' == 'b'§)", "no \"(\" before it"),
        arguments("known §known", "the expression is complete"),
        arguments("substring('a', §'1', 2) == ''", "'1' where a number is needed"),
        arguments("substring('a', 1§) == ''", "in \"substring\", which needs more"),
        arguments("lcase('a'§, 'b') == ''", "after all that \"lcase\" takes"),
        arguments("'a' == §0x", "\"0x\" without digits"),
        arguments("'a' == §0x\u1c58", "\"0x\" without digits"),
        arguments("'a' == §1.2.3", "\"1.2.3\" is not an address"),
        arguments("1 == §-1", "is not a number; accepted are 0 to 4294967295"),
        arguments("match(§'a(', 'a')", "is not a pattern: nothing closes a group"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void namesMistakesAndTheirPlaces(String marked, String expected) {
    ExpressionException mistake = refused(marked.replace("§", ""), V4);

    assertThat(mistake.getMessage()).contains(expected);
    assertThat(mistake.column()).isEqualTo(marked.indexOf('§') + 1);
  }

  private static ExpressionException refused(String text, ExpressionContext context) {
    ExpressionException mistake =
        catchThrowableOfType(
            ExpressionException.class, () -> ExpressionParser.condition(text, context));
    assertThat(mistake).as(text).isNotNull();
    return mistake;
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "lcase(", "ifelse(known,'a',", "concat('a',", "not ("})
  void refusesExtremeNesting(String opening) {
    int levels = Math.min(1000, ExpressionParser.MAX_LENGTH / opening.length());

    assertThat(refused(opening.repeat(levels), V4).getMessage()).contains("accepted are 64");
  }

  @Test
  void acceptsNestingUpToItsLimit() throws ExpressionException {
    int most = ExpressionParser.MAX_DEPTH;
    String deepest = "(".repeat(most) + "known" + ")".repeat(most);

    assertThat(ExpressionParser.condition(deepest, V4).mentions().known()).isTrue();
    assertThat(refused("(" + deepest + ")", V4).getMessage()).contains("accepted are 64");
  }

  @Test
  void chainsAreNotNesting() throws ExpressionException {
    String chain = "known" + " and known".repeat(400);
    String sum = "'a'" + "+'a'".repeat(1000) + " == 'a'";

    assertThat(ExpressionParser.condition(chain, V4).holds(facts(1))).isTrue();
    assertThat(ExpressionParser.condition("not ".repeat(1001) + "known", V4).holds(facts(1)))
        .isFalse();
    assertThat(ExpressionParser.condition(sum, V4).isConstant()).isTrue();
  }

  private static PacketFacts facts(Integer... classes) {
    return facts(new Packets.Classes(classes));
  }

  private static PacketFacts facts(Membership membership) {
    return Packets.facts(Family.IPV4, discover("").encode(), membership);
  }

  private static Dhcp4Message discover(String agentInformation) {
    Options.Builder options = Options.builder().add(53, Bytes.of(Dhcp4MessageType.DISCOVER));
    if (!agentInformation.isEmpty()) {
      options.add(82, Bytes.ofHex(agentInformation));
    }
    return Dhcp4Message.builder()
        .hardware(1, Bytes.ofHex("020000000001"))
        .options(options.build())
        .build();
  }

  @Test
  void refusesWhatIsTooLong() {
    String text = " ".repeat(ExpressionParser.MAX_LENGTH) + "x";

    assertThat(refused(text, V4).getMessage())
        .isEqualTo("column 4097: an expression of 4097 characters; accepted are 4096");
  }

  @Test
  void tellsWhichClassesItAsksFor() throws ExpressionException {
    Condition condition =
        ExpressionParser.condition("member('gold') and (unknown or member('gold'))", V6);

    assertThat(condition.mentions().classes()).containsExactly("gold", "KNOWN");
    assertThat(condition.mentions().known()).isTrue();
    assertThat(ExpressionParser.condition("member('gold')", V6).mentions().known()).isFalse();
  }

  @Test
  void isTheSameIfItReadsTheSame() throws ExpressionException {
    Condition one = ExpressionParser.condition("known", V4);

    assertThat(one).isEqualTo(ExpressionParser.condition("known", V4)).hasToString("known");
    assertThat(one).isNotEqualTo(ExpressionParser.condition("known", V6));
    assertThat(ExpressionParser.value("'a'", V4)).isEqualTo(ExpressionParser.value("'a'", V4));
  }

  @Test
  void computesWhatIsConstant() throws ExpressionException {
    for (String text :
        new String[] {
          "lcase('A') == 'a'",
          "substring(concat('ab', 'c'), 1, 2) == 'bc' and not match('a', 'b')",
          "'a' == 'b' and option[61].exists",
          "'a' == 'a' or option[61].exists",
          "hexstring(192.0.2.1, ':') == split('c0:00:02:01', '', 1)",
          "option[61].option[1].exists"
        }) {
      assertThat(ExpressionParser.condition(text, V4).isConstant()).as(text).isTrue();
    }
    assertThat(ExpressionParser.condition("option[61].exists", V4).isConstant()).isFalse();
  }

  @Test
  void whatCannotBeEvaluatedDoesNotHoldAndIsCounted() throws ExpressionException {
    Packets.Classes classes = new Packets.Classes();
    PacketFacts facts = facts(classes);

    assertThat(ExpressionParser.condition("not uint8totext(0x0102) == 'x'", V4).holds(facts))
        .isFalse();
    assertThat(ExpressionParser.value("'a' + uint8totext(pkt4.transid)", V4).of(facts))
        .isEqualTo(Bytes.EMPTY);
    assertThat(classes.failures).isEqualTo(2);
  }

  @Test
  void valuesDoNotGrowWithoutBound() throws ExpressionException {
    String grown = "hexstring(".repeat(30) + "'abc'" + ",'')".repeat(30);
    Packets.Classes classes = new Packets.Classes();

    assertThat(ExpressionParser.value(grown, V4).of(facts(classes))).isEqualTo(Bytes.EMPTY);
    assertThat(classes.failures).isEqualTo(1);
  }

  @Test
  void whatIsMalformedInsideAnOptionIsNotThere() throws ExpressionException {
    for (String damaged : new String[] {"01", "0105aa", "02ff01"}) {
      PacketFacts facts = Packets.facts(Family.IPV4, discover(damaged).encode(), Membership.NONE);

      assertThat(ExpressionParser.condition("relay4[1].exists", V4).holds(facts)).isFalse();
      assertThat(ExpressionParser.condition("option[82].exists", V4).holds(facts)).isTrue();
    }
  }
}
