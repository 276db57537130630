// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static io.leasehold.server.plan.json.Compiling.compile;
import static io.leasehold.server.plan.json.Compiling.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.server.PlanReport;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.expression.PacketFacts;
import io.leasehold.server.plan.ClassLifetimes;
import io.leasehold.server.plan.ClassTerms;
import io.leasehold.server.plan.ClientClass;
import io.leasehold.server.plan.ClientClasses;
import io.leasehold.server.plan.FamilyPlan;
import io.leasehold.server.plan.Lifetimes.Range;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.v6.intake.PacketFacts6;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a plan says of classes, and what is wrong with that. */
class ClassPlanTest {
  private static PlanCompilation compiled(String text) {
    return compile(text.replace("§", "").replace('`', '"'));
  }

  private static String place(String text) {
    return "plan.json:1:" + (text.replace('`', '"').indexOf('§') + 1);
  }

  @Test
  void classesAreReadWhole() {
    FamilyPlan v4 =
        plan("""
                { "Dhcp4": { "client-classes": [ {
                    "name": "phone", "test": "option[60].text == 'phone'",
                    "option-def": [ { "name": "server", "code": 224, "type": "ipv4-address" } ],
                    "option-data": [ { "name": "server", "data": "192.0.2.9" } ],
                    "valid-lifetime": 500, "max-valid-lifetime": 900, "offer-lifetime": 7,
                    "next-server": "192.0.2.5", "boot-file-name": "phone.cfg",
                    "user-context": { "a": 1 } },
                  { "name": "later", "only-in-additional-list": true } ] } }
                """)
            .v4();

    ClientClass phone = v4.classes().defined().get(0);
    assertThat(phone.name()).isEqualTo("phone");
    assertThat(phone.test().orElseThrow().text()).isEqualTo("option[60].text == 'phone'");
    assertThat(phone.options().get(OptionSpace.DHCP4, 224).get(0).value())
        .isEqualTo(Bytes.ofHex("c0000209"));
    assertThat(phone.lifetimes())
        .isEqualTo(
            new ClassLifetimes(
                Optional.of(new Range(500, 500, 900)), Optional.empty(), OptionalLong.of(7)));
    assertThat(phone.boot().nextServer()).hasValue(Ipv4.ofText("192.0.2.5"));
    assertThat(phone.boot().bootFileName()).hasValue("phone.cfg");
    assertThat(phone.additional()).isFalse();
    assertThat(v4.classes().defined().get(1).additional()).isTrue();
  }

  @Test
  void olderAndNewerWordsSayTheSameButForTheOrder() {
    String text =
        """
        { "Dhcp6": {
          "client-classes": [ { "name": "a", "test": "member('ALL')" },
                              { "name": "b", "%s": true, "test": "member('a')" } ],
          "shared-networks": [ { "name": "n", %3$s "%2$s": [ "b" ], "subnet6": [
            { "subnet": "2001:db8::/64", %3$s "%2$s": [ "b" ],
              "pools": [ { "pool": "2001:db8::/80", %3$s "%2$s": [ "b" ] } ] } ] } ] } }
        """;
    FamilyPlan older =
        plan(text.formatted(
                "only-if-required", "require-client-classes", "\"client-class\": \"a\","))
            .v6();
    FamilyPlan newer =
        plan(text.formatted(
                "only-in-additional-list",
                "evaluate-additional-classes",
                "\"client-classes\": [ \"a\" ],"))
            .v6();

    for (FamilyPlan plan : List.of(older, newer)) {
      Subnet subnet = plan.links().get(0).subnets().get(0);
      ClassTerms terms = subnet.classes();
      assertThat(terms.guard().classes()).containsExactly(plan.classes().names().indexOf("a"));
      assertThat(terms.additional()).containsExactly(plan.classes().names().indexOf("b"));
      assertThat(subnet.pools().get(0).classes()).isEqualTo(terms);
      assertThat(plan.links().get(0).classes()).isEqualTo(terms);
    }
    assertThat(older.classes().isByOlderWords()).isTrue();
    assertThat(newer.classes().isByOlderWords()).isFalse();
  }

  @Test
  void aPlanWithoutClassesHasNone() {
    assertThat(plan("{\"Dhcp6\": {\"subnet6\": [{\"subnet\": \"2001:db8::/64\"}]}}").v6().classes())
        .isSameAs(ClientClasses.NONE);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        arguments("6", "§{ `test`: `member('ALL')` }", "a class needs \"name\""),
        arguments(
            "6",
            "{ `name`: `a` }, { `name`: §`a` }",
            "already the name of the class at plan.json:1:"),
        arguments(
            "6",
            "{ `name`: `a`, `test`: §`member('b')` }, { `name`: `b` }",
            "the class \"b\" is defined later, at plan.json:1:"),
        arguments(
            "6",
            "{ `name`: `a`, `test`: §`not member('a')` }",
            "the class \"a\" depends on itself"),
        arguments(
            "6",
            "{ `name`: `phones` }, { `name`: `a`, `test`: §`member('phnoes')` }",
            "did you mean \"phones\"?"),
        arguments("6", "{ `name`: `a`, `test`: §`option[` }", "\"test\", column "),
        arguments(
            "6", "{ `name`: `a`, `test`: §`` }", "\"test\" is \"\"; accepted is an expression"),
        arguments(
            "6",
            "{ `name`: `a`, `test`: `member('ALL')`, `template-test`: §`pkt6.msgtype` }",
            "accepted is one of them"),
        arguments(
            "6",
            "{ `name`: `a`, `only-if-required`: §true, `only-in-additional-list`: true }",
            "is the older word for"),
        arguments(
            "6",
            "{ `name`: `KNOWN`, `test`: §`member('ALL')` }",
            "the server itself knows who is in the class \"KNOWN\""),
        arguments(
            "6", "{ `name`: `DROP`, `only-if-required`: §true }", "cannot be an additional one"),
        arguments("6", "{ `name`: `a`, §`offer-lifetime`: 7 }", "it is a key of"),
        arguments(
            "6",
            "{ `name`: `a`, `valid-lifetime`: 7, `min-valid-lifetime`: §8 }",
            "accepted is a row that does not fall"),
        arguments(
            "6",
            "{ `name`: `a`, `min-valid-lifetime`: §8, `max-valid-lifetime`: 9 }",
            "needs \"valid-lifetime\""),
        arguments(
            "6",
            "{ `name`: `a`, `tset`: `x` }".replace("`tset`", "§`tset`"),
            "did you mean \"test\"?"),
        arguments(
            "4",
            "{ `name`: `a`, `option-def`: [ { `name`: `x`, `code`: §200, `type`: `string` } ] }",
            "accepted are the codes 43 and 224 to 254"),
        arguments(
            "4",
            "{ `name`: `a`, `next-server`: §`255.255.255.255` }",
            "is not the address of a server"));
  }

  @ParameterizedTest
  @MethodSource
  void refused(String family, String classes, String says) {
    String text = "{`Dhcp" + family + "`: {`client-classes`: [ " + classes + " ]}}";
    PlanCompilation compilation = compiled(text);

    assertThat(compilation.plan()).isEmpty();
    assertThat(compilation.report().findings())
        .anySatisfy(
            finding -> {
              assertThat(finding.error()).isTrue();
              assertThat(finding.place()).isEqualTo(place(text));
              assertThat(finding.text()).contains(says);
            });
  }

  static Stream<Arguments> warned() {
    return Stream.of(
        arguments(
            "",
            "`client-class`: §`vip`",
            "nobody is in the class \"vip\", so it is used by nobody"),
        arguments(
            "{ `name`: `vips`, `test`: `member('ALL')` }",
            "`client-classes`: [ §`vip` ]",
            "did you mean \"vips\"?"),
        arguments("{ `name`: `vip` }", "`client-class`: §`vip`", "nobody is in the class"),
        arguments("", "`client-class`: §`HA_server1`", "\"failover\" relationship shares pools"),
        arguments("", "`require-client-classes`: [ §`x` ]", "there is nothing to look at"),
        arguments(
            "",
            "`option-data`: [ { `code`: 2000, `data`: `00`, `client-classes`: [ §`x` ] } ]",
            "it is not sent"));
  }

  @ParameterizedTest
  @MethodSource
  void warned(String classes, String inSubnet, String says) {
    String text =
        "{`Dhcp6`: {`client-classes`: [ %s ], `subnet6`: [ { `subnet`: `2001:db8::/64`, %s } ]}}"
            .formatted(classes, inSubnet);
    PlanCompilation compilation = compiled(text);

    assertThat(compilation.plan()).isPresent();
    assertThat(compilation.report().findings()).hasSize(1);
    assertThat(compilation.report().findings().get(0).place()).isEqualTo(place(text));
    assertThat(compilation.report().findings().get(0).text()).contains(says);
  }

  @Test
  void linksOfDifferentClassesMayHaveOneSign() {
    String text =
        """
        { "Dhcp6": { "client-classes": [ { "name": "a", "test": "member('ALL')" } ],
          "subnet6": [
            { "subnet": "2001:db8:1::/64", "interface": "eth1", %s },
            { "subnet": "2001:db8:2::/64", "interface": "eth1", "client-class": "KNOWN" },
            { "subnet": "2001:db8:3::/64", "interface": "eth1" } ] } }
        """;

    assertThat(compiled(text.formatted("\"client-class\": \"a\"")).report().findings()).isEmpty();
    assertThat(compiled(text.formatted("\"client-class\": \"\"")).report().findings()).hasSize(1);
  }

  static Stream<String> possible() {
    return Stream.of(
        "ALL", "KNOWN", "UNKNOWN", "VENDOR_CLASS_x", "SPAWN_t_x", "t", "given", "late");
  }

  @ParameterizedTest
  @MethodSource("possible")
  void nothingIsSaidOfClassesThatClientsMayComeInto(String name) {
    PlanCompilation compilation =
        compiled(
            """
            { "Dhcp6": { "client-classes": [
                { "name": "t", "template-test": "substring(option[1].hex, 0, 1)" },
                { "name": "late", "only-if-required": true } ],
              "subnet6": [ { "subnet": "2001:db8::/64", "client-class": "%s",
                "reservations": [ { "duid": "01:02", "client-classes": [ "given" ] } ] } ] } }
            """
                .formatted(name));

    assertThat(compilation.report().findings()).isEmpty();
  }

  /** The place is that of the mark. */
  static Stream<Arguments> withoutEffect() {
    String named = "{ `name`: `dhcp-server-identifier`, `data`: `192.0.2.1` }";
    return Stream.of(
        arguments(
            "`client-classes`: [ { `name`: `a`, `test`: `known`, `option-data`: [ §"
                + named
                + " ] } ]",
            "of a class has no effect; accepted are subnets"),
        arguments(
            "`subnet4`: [ { `subnet`: `192.0.2.0/24`, `pools`: [ { `pool`: `192.0.2.8/29`,"
                + " `option-data`: [ §"
                + named
                + " ] } ] } ]",
            "of a pool has no effect"),
        arguments(
            "`subnet4`: [ { `subnet`: `192.0.2.0/24`, `option-data`: [ §{ `client-classes`: [ `ALL` ],"
                + " `name`: `dhcp-server-identifier`, `data`: `192.0.2.1` } ] } ]",
            "of some classes has no effect"),
        arguments(
            "`client-classes`: [ { `name`: `a`, `test`: §`option[1].option[2].exists` } ]",
            "column 11: option 1 (subnet-mask) contains no options"),
        arguments(
            "`client-classes`: [ { `name`: `a`, `template-test`: §`option[230].option[2].hex` } ]",
            "option 230 (nobody has defined) contains no options"),
        arguments(
            "`hooks-libraries`: [ { `library`: `libdhcp_flex_id.so`, `parameters`: {"
                + " `identifier-expression`: §`option[61].option[2].hex` } } ]",
            "option 61 (dhcp-client-identifier) contains no options"));
  }

  @ParameterizedTest
  @MethodSource
  void withoutEffect(String text, String says) {
    String document = "{`Dhcp4`: {" + text + "}}";
    PlanCompilation compilation = compiled(document);

    assertThat(compilation.plan()).isPresent();
    assertThat(compilation.report().findings()).hasSize(1);
    assertThat(compilation.report().findings().get(0).place()).isEqualTo(place(document));
    assertThat(compilation.report().findings().get(0).text()).contains(says);
  }

  @Test
  void optionsOfBundlesHaveTheirNamesInExpressions() {
    Document document =
        new Document(
            "plan.json",
            """
            { "Dhcp6": { "client-classes": [
              { "name": "sunny", "test": "option[weather].text == '21'" },
              { "name": "mild", "test": "option[weather].hex == 0x0015" } ] } }
            """);
    OptionDefinition weather = OptionDefinition.of(OptionSpace.DHCP6, 65001, "weather", "uint16");
    PlanCompiler compiler = new PlanCompiler(StandardOptions.CATALOGUE, Includes.NONE);

    assertThat(compiler.compile(List.of(document), List.of()).report().findings())
        .extracting(PlanReport.Finding::error)
        .containsExactly(true, true);
    ClientClasses classes =
        compiler.compile(List.of(document), List.of(weather)).plan().orElseThrow().v6().classes();
    RelayChain packet = RelayChain.decode(Bytes.ofHex("01123456" + "fde900020015"));
    Arrival arrival = new Arrival("eth1", Ipv6.ofText("ff02::1:2"), Ipv6.ofText("fe80::2"), 547);
    PacketFacts facts =
        new PacketFacts6(
            packet.message(),
            List.of(),
            arrival,
            packet.message().encode().length(),
            Membership.NONE);
    assertThat(classes.defined()).allMatch(one -> one.test().orElseThrow().holds(facts));
  }
}
