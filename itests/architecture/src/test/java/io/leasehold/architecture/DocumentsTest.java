// SPDX-License-Identifier: Apache-2.0
package io.leasehold.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documents name only what is there. */
final class DocumentsTest {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("docs");

  private static final String STANDARDS = "standards.md";
  private static final String SECURITY = "security.md";

  private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)");
  private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+)#(\\w+)`");
  private static final Pattern CLASS = Pattern.compile("`([A-Z][a-z]\\w*[A-Z0-9]\\w*)`");
  private static final Pattern SCENARIO = Pattern.compile("`scenario:(\\w+)`");
  private static final Pattern HOSTILE = Pattern.compile("`hostile:([\\w-]+)`");
  private static final Pattern THREAT = Pattern.compile("(?m)^\\| S-\\d.*\\|$");
  private static final Pattern THREAT_ID = Pattern.compile("S-\\d{3}");
  private static final Pattern POOLING = Pattern.compile("(?m)^\\| P-\\d.*\\|$");
  private static final Pattern POOLING_IDS = Pattern.compile("P-(\\d{3})(?: to P-(\\d{3}))?");

  /** Everything that the project's list of rules of RSerPool has. */
  private static final String ALL_POOLING_IDS =
      "P-001 to P-078, P-080 to P-106, P-110 to P-148, P-150 to P-170, P-180 to P-197, P-200 to P-205";

  /** Sections of RFC 5355 with a threat each. */
  private static final int POOLING_THREATS = 17;

  private static final Pattern JAVA = Pattern.compile("(?s)```java\\n(.*?)```");
  private static final Pattern LAB = Pattern.compile("`\\./dev lab ([\\w-]+)`");

  private final Map<String, String> sources = sources();

  @Test
  void linksLeadSomewhere() {
    List<String> lost = new ArrayList<>();
    for (Path document : documents()) {
      for (String target : all(LINK, read(document), 1)) {
        // ./dev bench writes that page; it is there as soon as there are figures to show.
        if (!target.endsWith("benchmarks.md") && !Files.exists(document.resolveSibling(target))) {
          lost.add(ROOT.relativize(document) + " -> " + target);
        }
      }
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void decisionsAreNumberedOnceAndListed() throws IOException {
    Path decisions = DOCS.resolve("decisions");
    try (Stream<Path> files = Files.list(decisions)) {
      List<String> records =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.matches("\\d{4}-.*\\.md"))
              .toList();
      assertThat(records).extracting(name -> name.substring(0, 4)).doesNotHaveDuplicates();
      assertThat(all(LINK, read(decisions.resolve("README.md")), 1))
          .containsExactlyInAnyOrderElementsOf(records);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {STANDARDS, SECURITY})
  void everyTestOfADocumentIsThere(String document) {
    Matcher matcher = TEST.matcher(read(DOCS.resolve(document)));
    List<String> lost = new ArrayList<>();
    int found = 0;
    for (; matcher.find(); found++) {
      if (!has(matcher.group(1), matcher.group(2))) {
        lost.add(matcher.group());
      }
    }
    assertThat(lost).isEmpty();
    assertThat(found).isGreaterThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {STANDARDS, SECURITY})
  void everyClassOfADocumentIsThere(String document) {
    assertThat(all(CLASS, read(DOCS.resolve(document)), 1))
        .isNotEmpty()
        .isSubsetOf(sources.keySet());
  }

  /** A row is a promise: it has a test, or says why not. */
  @Test
  void everyThreatHasItsTestOrAReason() {
    Map<String, String> rows = new TreeMap<>();
    for (String row : all(THREAT, read(DOCS.resolve(SECURITY)), 0)) {
      String[] cells = row.split("\\|");
      String last = cells[cells.length - 1].strip();
      for (String id : all(THREAT_ID, cells[1], 0)) {
        assertThat(rows.put(id, last)).as("second row of %s", id).isNull();
      }
      assertThat(last)
          .as(row)
          .containsPattern(
              TEST.pattern()
                  + "|"
                  + LAB.pattern()
                  + "|(?i)\\bopen: \\w+|comes with \\w+|standards.md|maven-enforcer");
    }
    assertThat(rows).hasSizeGreaterThan(100);
  }

  /** What has no test says first in one of its cells that it is not there, and why. */
  @Test
  void everyRuleOfPoolingHasItsTestOrAReason() {
    Set<Integer> found = new TreeSet<>();
    for (String row : all(POOLING, standards(), 0)) {
      found.addAll(numbers(row.split("\\|")[1]));
      assertThat(row)
          .containsPattern(
              TEST.pattern()
                  + "|`[A-Z]\\w+Test`|"
                  + LAB.pattern()
                  + "|\\| (no|not run|open): \\w+");
    }
    assertThat(found).isEqualTo(numbers(ALL_POOLING_IDS));
  }

  private static Set<Integer> numbers(String ids) {
    Set<Integer> numbers = new TreeSet<>();
    POOLING_IDS
        .matcher(ids)
        .results()
        .forEach(
            each -> {
              int first = Integer.parseInt(each.group(1));
              int last = each.group(2) == null ? first : Integer.parseInt(each.group(2));
              IntStream.rangeClosed(first, last).forEach(numbers::add);
            });
    return numbers;
  }

  /** Their rows are among those of {@link #everyThreatHasItsTestOrAReason}. */
  @Test
  void everyThreatToPoolsHasItsRow() {
    List<String> sections =
        all(THREAT, read(DOCS.resolve(SECURITY)), 0).stream()
            .map(row -> row.split("\\|")[2].strip())
            .filter(cell -> cell.matches("2\\.\\d+"))
            .toList();
    assertThat(sections)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.rangeClosed(1, POOLING_THREATS).mapToObj(each -> "2." + each).toList());
  }

  @Test
  void everyConversationOfTheLabIsThere() {
    Path lab = ROOT.resolve("itests/lab");
    String scenarios =
        read(lab.resolve("scenarios.py")) + read(lab.resolve("scenarios_options.py"));
    assertThat(all(SCENARIO, standards(), 1))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(scenarios).contains("\ndef " + name + "(s):"));
    assertThat(all(HOSTILE, standards(), 1))
        .isNotEmpty()
        .allSatisfy(
            name ->
                assertThat(read(lab.resolve("hostile.py")))
                    .contains("\ndef " + name.replace('-', '_') + "(r):"));
    for (Path document : documents()) {
      assertThat(all(LAB, read(document), 1))
          .as("%s", document)
          .allSatisfy(name -> assertThat(lab.resolve("test-" + name + ".sh")).exists());
    }
  }

  @Test
  void examplesAreCompiledSources() {
    List<String> examples = all(JAVA, read(DOCS.resolve("extend.md")), 1);
    assertThat(examples)
        .hasSizeGreaterThan(3)
        .allSatisfy(
            example ->
                assertThat(sources.values()).anyMatch(source -> source.contains(example.strip())));
  }

  private static String standards() {
    return read(DOCS.resolve(STANDARDS));
  }

  /** Whether a class, or one it extends, has a test. */
  private boolean has(String className, String method) {
    String source = sources.get(className);
    if (source == null || source.contains("void " + method + "(")) {
      return source != null;
    }
    Matcher parent = Pattern.compile("\\bextends (\\w+)").matcher(source);
    return parent.find() && has(parent.group(1), method);
  }

  private static List<String> all(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(result -> result.group(group)).toList();
  }

  private static List<Path> documents() {
    try (Stream<Path> top = Files.list(ROOT);
        Stream<Path> docs = Files.walk(DOCS)) {
      return Stream.concat(top, docs).filter(file -> file.toString().endsWith(".md")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> sources() {
    Map<String, String> found = new HashMap<>();
    try (Stream<Path> files = Files.walk(ROOT)) {
      files
          .filter(file -> file.toString().matches(".*/src/(main|test)/java/.*\\.java"))
          .filter(file -> !file.toString().contains("/target/"))
          .forEach(
              file -> found.put(file.getFileName().toString().replace(".java", ""), read(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
