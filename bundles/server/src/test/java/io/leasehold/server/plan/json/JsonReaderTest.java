// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.leasehold.server.PlanReport.Finding;
import io.leasehold.server.plan.json.JsonValue.JsonFlag;
import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonNull;
import io.leasehold.server.plan.json.JsonValue.JsonNumber;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import io.leasehold.server.plan.json.JsonValue.JsonText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JsonReaderTest {
  private static final JsonLimits SMALL = new JsonLimits(1_000, 50, 5, 3, 4);

  private final Findings findings = new Findings();

  private Optional<JsonValue> read(String text) {
    return read(text, Includes.NONE, JsonLimits.STANDARD);
  }

  private Optional<JsonValue> read(String text, Includes includes, JsonLimits limits) {
    return new JsonReader(findings, includes, limits).read(new Document("a", text));
  }

  private List<String> found() {
    return findings.all().stream().map(Finding::toString).toList();
  }

  @Test
  void everyValueHasItsPlace() {
    JsonObject object =
        (JsonObject) read("{\n  \"a\": [ 1, true ],\n\t\"b\": null }").orElseThrow();

    assertThat(object.members().get("a").keyPlace()).isEqualTo(new Place("a", 2, 3));
    JsonList list = (JsonList) object.members().get("a").value();
    assertThat(list.place()).isEqualTo(new Place("a", 2, 8));
    assertThat(list.values())
        .containsExactly(
            new JsonNumber(new Place("a", 2, 10), "1"), new JsonFlag(new Place("a", 2, 13), true));
    assertThat(object.members().get("b").value()).isEqualTo(new JsonNull(new Place("a", 3, 7)));
    assertThat(found()).isEmpty();
  }

  private JsonList listOf(String text, String key, Includes includes) {
    JsonObject object =
        (JsonObject) read(text.formatted(key), includes, JsonLimits.STANDARD).orElseThrow();
    return (JsonList) object.members().get(key).value();
  }

  @Test
  void reservationsAreReadAgainAsTheyWereReadFirst() {
    String text =
        """
        {
          "%-12s": /* here */ [ { "duid": "01", "prefixes": [ 1 ] },
            "\\u0041\\n", # more
            [ 2.5, null ] ] }""";

    JsonList again = listOf(text.replace("%-12s", "%s"), "reservations", Includes.NONE);
    JsonList kept = listOf(text.replace("%-12s", "%s"), "reservation-", Includes.NONE);

    assertThat(again.values()).isInstanceOf(ValuesReadAgain.class).isEqualTo(kept.values());
    assertThat(again.values()).hasSize(3).containsExactlyElementsOf(kept.values());
    assertThat(again.values().get(1)).isEqualTo(kept.values().get(1));
    assertThat(new ArrayList<>(again.values())).isEqualTo(kept.values());
    assertThat(found()).isEmpty();
  }

  @Test
  void reservationsOfSeveralDocumentsAreKept() {
    Includes includes = (from, name) -> new Document(name, "{ \"reservations\": [ 7 ] }, 2");
    String text = "{ \"%s\": [ 1, <?include \"b\"?> ] }";

    JsonList list = listOf(text, "reservations", includes);

    assertThat(list.values())
        .extracting(JsonValue::place)
        .containsExactly(new Place("a", 1, 21), new Place("b", 1, 1), new Place("b", 1, 28));
    JsonObject inner = (JsonObject) list.values().get(1);
    assertThat(((JsonList) inner.members().get("reservations").value()).values())
        .containsExactly(new JsonNumber(new Place("b", 1, 21), "7"));
  }

  @Test
  void whatIsFoundInReservationsIsFoundOnce() {
    JsonList list =
        listOf("{ \"%s\": [ { \"a\": 1, \"a\": 2 }, 3, ] }", "reservations", Includes.NONE);

    assertThat(list.values()).hasSize(2);
    assertThat(found())
        .containsExactly(
            "a:1:31: error: the key \"a\" is already at a:1:23",
            "a:1:42: warning: nothing follows the comma");
  }

  @Test
  void commentsOfThreeKindsArePassedOver() {
    assertThat(read("# one\n[ // two [\n 1, /* three\n ] */ 2 ] # four").map(JsonValue::kind))
        .contains("a list");
    assertThat(found()).isEmpty();
  }

  @Test
  void escapesAreThoseOfJson() {
    JsonText text = (JsonText) read("\"a\\\"b\\\\c\\/d\\n\\u00e9 // no comment\"").orElseThrow();

    assertThat(text.text()).isEqualTo("a\"b\\c/d\n\u00e9 // no comment");
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        arguments("[ 1 2 ]", List.of("a:1:5: error: a comma or ']' should be here, not '2'")),
        arguments("[ 1, , 2 ]", List.of("a:1:6: error: a value should be here, not ','")),
        arguments(
            "{ a: 1 }", List.of("a:1:3: error: a key in quotation marks should be here, not 'a'")),
        arguments(
            "{ \"a\" 1 }", List.of("a:1:7: error: a colon should follow the key \"a\", not '1'")),
        arguments("{ \"a\": }", List.of("a:1:8: error: a value should be here, not '}'")),
        arguments(
            "[ yes ]",
            List.of("a:1:3: error: 'yes' is not a value; a text is written in quotation marks")),
        arguments(
            "[ True ]",
            List.of("a:1:3: error: 'True' is not a value; a text is written in quotation marks")),
        arguments(
            "[ 01x ]",
            List.of("a:1:3: error: '01x' is not a value; a text is written in quotation marks")),
        arguments("[ \"a\n ]", List.of("a:1:3: error: the text is not closed on its line")),
        arguments("[ \"\\x\" ]", List.of("a:1:5: error: \\x is not an escape of JSON")),
        arguments(
            "[ \"\\u12\" ]", List.of("a:1:5: error: \\u12 should have four hexadecimal digits")),
        arguments(
            "[ \"\\u12" + Character.toString(0x1d7ce) + "\" ]",
            List.of("a:1:5: error: \\u12 should have four hexadecimal digits")),
        arguments("[ 1", List.of("a:1:4: error: the document ends before the ']' for a:1:1")),
        arguments("[ 1 ] 2", List.of("a:1:7: error: nothing may follow the end of the document")),
        arguments("[ /* 1 ]", List.of("a:1:3: error: the comment is not closed; */ closes it")),
        arguments(
            "{ \"a\": 1, \"a\": 2 }", List.of("a:1:11: error: the key \"a\" is already at a:1:3")),
        arguments(
            "[ <?import \"x\"?> ]",
            List.of("a:1:3: error: '<?import \"x\"' is not an inclusion; <?include \"file\"?> is")),
        arguments("[ 1, ]", List.of("a:1:4: warning: nothing follows the comma")),
        arguments(
            "{ \"a\": [ { \"b\": 1 ], \"c\": 2 }",
            List.of("a:1:19: error: '}' for a:1:10 should be here, not ']'")),
        arguments(
            "{ \"a\": yes,\n \"b\" 2,\n \"c\": [ 1 1 ] }",
            List.of(
                "a:1:8: error: 'yes' is not a value; a text is written in quotation marks",
                "a:2:6: error: a colon should follow the key \"b\", not '2'",
                "a:3:11: error: a comma or ']' should be here, not '1'")));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreFoundWithTheirPlaces(String text, List<String> expected) {
    read(text);

    assertThat(found()).containsExactlyElementsOf(expected);
  }

  @Test
  void aDocumentCanIncludeOthersAnywhereBetweenItsWords() {
    Map<String, String> files = Map.of("b", "2, # two\n <?include \"c\"?>", "c", "\n 3");
    Includes includes = (from, name) -> new Document(name, files.get(name));

    JsonList list = (JsonList) read("[ 1, <?include \"b\"?>, 4 ]", includes, SMALL).orElseThrow();

    assertThat(found()).isEmpty();
    assertThat(list.values())
        .containsExactly(
            new JsonNumber(new Place("a", 1, 3), "1"),
            new JsonNumber(new Place("b", 1, 1), "2"),
            new JsonNumber(new Place("c", 2, 2), "3"),
            new JsonNumber(new Place("a", 1, 23), "4"));
  }

  @Test
  void whatCannotBeIncludedIsReportedWhereItIsAskedFor() {
    Includes includes =
        (from, name) -> {
          throw new IOException("does not exist");
        };

    read("[\n <?include \"x\"?> ]", includes, SMALL);

    assertThat(found()).containsExactly("a:2:2: error: \"x\" does not exist");
  }

  @Test
  void includingOneselfEnds() {
    read("[ <?include \"a\"?> ]", (from, name) -> new Document("a", "<?include \"a\"?>"), SMALL);

    assertThat(found())
        .containsExactly("a:1:1: error: \"a\": more than 3 documents include one another");
  }

  @Test
  void nestingIsBounded() {
    read("[".repeat(5) + "]".repeat(5), Includes.NONE, SMALL);
    assertThat(found()).isEmpty();

    read("[".repeat(6), Includes.NONE, SMALL);
    assertThat(found()).containsExactly("a:1:6: error: values are nested more than 5 deep");
  }

  @Test
  void nestingOfAMillionIsRefusedWithoutHarm() {
    read("{\"a\":".repeat(1_000_000));

    assertThat(found()).containsExactly("a:1:321: error: values are nested more than 64 deep");
  }

  @Test
  void sizeAndNumberOfValuesAreBounded() {
    read(" ".repeat(1_000) + "1", Includes.NONE, SMALL);
    read("[" + "1,".repeat(60) + "1]", Includes.NONE, SMALL);

    assertThat(found())
        .containsExactly(
            "a:1:1: error: the documents together have more than 1000 characters",
            "a:1:100: error: the documents together have more than 50 values");
  }

  @Test
  void afterSomeMistakesTheRestIsNotRead() {
    read("[ x, x, x, x, x, x ]", Includes.NONE, SMALL);

    assertThat(found())
        .hasSize(5)
        .last()
        .asString()
        .contains("the rest of the document is not read");
  }

  @Property(tries = 2_000)
  void anyTextIsReadOrRefused(
      @ForAll
          @Chars({'{', '}', '[', ']', '"', ',', ':', '\\', '/', '*', '#', '<', '?', '>', '\n', ' '})
          @CharRange(from = '0', to = 'z')
          String text) {
    Findings mine = new Findings();
    Optional<JsonValue> value =
        new JsonReader(mine, Includes.NONE, JsonLimits.STANDARD).read(new Document("a", text));

    assertThat(value.isPresent() || !mine.all().isEmpty()).isTrue();
  }
}
