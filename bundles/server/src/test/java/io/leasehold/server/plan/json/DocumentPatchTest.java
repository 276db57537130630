// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.plan.json.JsonValue.JsonList;
import io.leasehold.server.plan.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DocumentPatchTest {
  private static final Map<String, Object> NEW = Map.of("new", 1);

  private static JsonValue read(String text) {
    Findings findings = new Findings();
    JsonValue value =
        new JsonReader(findings, Includes.NONE, JsonLimits.STANDARD)
            .read(new Document("d", text))
            .orElseThrow();
    assertThat(findings.hasErrors()).as("%s in %s", findings.all(), text).isFalse();
    return value;
  }

  private static String appended(String text) {
    DocumentPatch patch = new DocumentPatch(text);
    patch.append(patch.offset(read(text).place()), NEW);
    return patch.result();
  }

  private static String without(String text, int index) {
    DocumentPatch patch = new DocumentPatch(text);
    JsonList list = (JsonList) read(text);
    patch.remove(patch.offset(list.place()), patch.offset(list.values().get(index).place()));
    return patch.result();
  }

  @Test
  void whatIsAddedLooksLikeWhatIsThere() {
    assertThat(appended("[1, 2]")).isEqualTo("[1, 2, { \"new\": 1 }]");
    assertThat(appended("[\n    1, // one\n    2 // two\n    // three\n]"))
        .isEqualTo("[\n    1, // one\n    2, // two\n    { \"new\": 1 }\n    // three\n]");
    assertThat(appended("[\r\n\t1,\r\n\t2\r\n]"))
        .isEqualTo("[\r\n\t1,\r\n\t2,\r\n\t{ \"new\": 1 }\r\n]");
    assertThat(appended("[\n  1,\n]")).isEqualTo("[\n  1,\n  { \"new\": 1 }\n]");
    assertThat(appended("[ {\n  \"a\": 1\n} ]")).isEqualTo("[ {\n  \"a\": 1\n}, { \"new\": 1 } ]");
  }

  @Test
  void anEmptyListOpens() {
    assertThat(appended("[]")).isEqualTo("[\n  { \"new\": 1 }\n]");
    assertThat(appended("[\n  // none yet\n]")).isEqualTo("[\n  // none yet\n  { \"new\": 1 }\n]");
  }

  @Test
  void whatIsWideIsWrittenOnSeveralLines() {
    DocumentPatch patch = new DocumentPatch("{\n  \"list\": []\n}");
    Map<String, Object> wide = new LinkedHashMap<>();
    wide.put("name", "x".repeat(70));
    wide.put("inner", List.of(Map.of("a", "b")));
    patch.append(12, wide);

    assertThat(patch.result())
        .isEqualTo(
            "{\n  \"list\": [\n    {\n      \"name\": \""
                + "x".repeat(70)
                + "\",\n      \"inner\": [ { \"a\": \"b\" } ]\n    }\n  ]\n}");
  }

  @Test
  void whatIsRemovedTakesItsLineAndItsCommaAlong() {
    String text = "[\n  1, // one\n  2,\n  3 // three\n]";

    assertThat(without(text, 0)).isEqualTo("[\n  // one\n  2,\n  3 // three\n]");
    assertThat(without(text, 1)).isEqualTo("[\n  1, // one\n  3 // three\n]");
    assertThat(without(text, 2)).isEqualTo("[\n  1, // one\n  2 // three\n]");
    assertThat(without("[ 1, 2 ]", 0)).isEqualTo("[ 2 ]");
    assertThat(without("[ 1, 2 ]", 1)).isEqualTo("[ 1 ]");
    assertThat(without("[ 1 ]", 0)).isEqualTo("[ ]");
    assertThat(without("[ 1 /* one */, 2 ]", 0)).isEqualTo("[ /* one */ 2 ]");
    assertThat(without("[\n  1, // one\n  2\n]", 1)).isEqualTo("[\n  1 // one\n]");
  }

  @Test
  void aValueIsReplaced() {
    String text = "{ \"a\": [1, \"]\"] /* x */, \"b\": -1.5e3, \"c\": \"\\\"\" }";
    DocumentPatch patch = new DocumentPatch(text);
    ((JsonObject) read(text))
        .members()
        .values()
        .forEach(member -> patch.replace(patch.offset(member.value().place()), member.key()));

    assertThat(patch.result()).isEqualTo("{ \"a\": \"a\" /* x */, \"b\": \"b\", \"c\": \"c\" }");
  }

  @Provide
  Arbitrary<String> fillers() {
    return Arbitraries.of(
            " ", "\n", "\t", "\r\n", "// a ] , \" }\n", "# b [\n", "/* c , { \n ] \" */", "")
        .list()
        .ofMaxSize(3)
        .map(parts -> String.join("", parts));
  }

  @Provide
  Arbitrary<List<String>> lists() {
    Arbitrary<String> values =
        Arbitraries.of(
            "1",
            "\"x\"",
            "\"\\\"]\"",
            "{ \"a\": [ 1, 2 ] }",
            "[]",
            "{\n  \"b\": 1 // b\n}",
            "true");
    return values.list().ofMinSize(1).ofMaxSize(5);
  }

  private static String written(List<String> values, List<String> fillers, boolean comma) {
    StringBuilder text = new StringBuilder("[");
    int at = 0;
    for (int i = 0; i < values.size(); i++) {
      text.append(filler(fillers, at++)).append(values.get(i)).append(filler(fillers, at++));
      text.append(i < values.size() - 1 || comma ? "," : "");
    }
    return text.append(filler(fillers, at)).append("]").toString();
  }

  private static String filler(List<String> fillers, int at) {
    return fillers.isEmpty() ? "" : fillers.get(at % fillers.size());
  }

  private static List<String> comments(String text) {
    List<String> comments = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int next = JsonSpans.meaningless(text, at);
      if (next > at && !JsonSpans.isBlank(text.charAt(at))) {
        comments.add(text.substring(at, next).strip());
      }
      at = next > at ? next : text.charAt(at) == '"' ? JsonSpans.endOfValue(text, at) : at + 1;
    }
    return comments;
  }

  @Property
  void removingLeavesTheOthersAndEveryComment(
      @ForAll("lists") List<String> values,
      @ForAll List<@net.jqwik.api.From("fillers") String> fillers,
      @ForAll boolean comma,
      @ForAll int which) {
    String text = written(values, fillers, comma);
    int index = Math.floorMod(which, values.size());
    String result = without(text, index);

    List<String> expected = new ArrayList<>(canonical(text));
    expected.remove(index);
    assertThat(canonical(result)).as(result).isEqualTo(expected);
    List<String> kept = comments(text);
    comments(values.get(index)).forEach(kept::remove);
    assertThat(comments(result)).as(result).containsExactlyInAnyOrderElementsOf(kept);
  }

  @Property
  void addingLeavesEverythingElse(
      @ForAll("lists") List<String> values,
      @ForAll List<@net.jqwik.api.From("fillers") String> fillers,
      @ForAll boolean comma) {
    String text = written(values, fillers, comma);
    String result = appended(text);

    List<String> expected = new ArrayList<>(canonical(text));
    expected.add("{ \"new\": 1 }");
    assertThat(canonical(result)).as(result).isEqualTo(expected);
    assertThat(comments(result)).as(result).isEqualTo(comments(text));
    assertThat(isWithin(text, result)).as(result).isTrue();
  }

  /** Whether every character of one is in the other, in order. */
  private static boolean isWithin(String text, String result) {
    int at = 0;
    for (int i = 0; i < result.length() && at < text.length(); i++) {
      at += result.charAt(i) == text.charAt(at) ? 1 : 0;
    }
    return at == text.length();
  }

  private static List<String> canonical(String text) {
    return ((JsonList) read(text)).values().stream().map(PlainJson::canonical).toList();
  }
}
