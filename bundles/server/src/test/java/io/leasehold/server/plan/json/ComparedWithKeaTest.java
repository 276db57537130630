// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code docs/configure.md} says of the comparison with Kea is true of the lab's plans and
 * conversations, and no key of a plan is left out.
 */
class ComparedWithKeaTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().resolve("../..");
  private static final Path LAB = ROOT.resolve("itests/lab");
  private static final Pattern WORD = Pattern.compile("`([a-z][\\w-]*)`");
  private static final int KEYS = 2;
  private static final int FIRST_FAMILY = 3;

  private String section;
  private List<String[]> rows;

  @BeforeEach
  void read() throws IOException {
    String guide = Files.readString(ROOT.resolve("docs/configure.md"));
    section = guide.replaceAll("(?s).*\n### Compared with Kea\n(.*?)\n###? .*", "$1");
    rows =
        section
            .lines()
            .filter(line -> line.startsWith("| ") && !line.startsWith("| ---"))
            .skip(1)
            .map(line -> line.split("\\|"))
            .toList();
  }

  private static List<String> words(String text) {
    return WORD.matcher(text).results().map(word -> word.group(1)).toList();
  }

  private static String all(String directory, String name) throws IOException {
    try (Stream<Path> files = Files.list(LAB.resolve(directory))) {
      List<Path> named =
          files.filter(file -> file.getFileName().toString().matches(name)).sorted().toList();
      List<String> texts = new ArrayList<>();
      for (Path file : named) {
        texts.add(Files.readString(file));
      }
      return String.join("\n", texts);
    }
  }

  private static String plans(Dialect dialect) throws IOException {
    return all("plans", "kea-" + dialect.object().toLowerCase(Locale.ROOT) + ".*");
  }

  private static Set<String> conversations(Dialect dialect) throws IOException {
    String name =
        dialect == Dialect.V6 ? "scenarios(_\\w+)?\\.py" : "scenarios4(_(?!dhcpd)\\w+)?\\.py";
    return Pattern.compile("(?m)^@scenario\ndef (\\w+)\\(s\\):")
        .matcher(all(".", name))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toSet());
  }

  @Test
  void everyConversationOfTheTableIsThereAndHasAPlanWithItsKeys() throws IOException {
    assertThat(rows).hasSizeGreaterThan(35);
    for (Dialect dialect : Dialect.values()) {
      Set<String> conversations = conversations(dialect);
      String plans = plans(dialect);
      Dialect other = dialect.other();
      for (String[] row : rows) {
        String cell = row[FIRST_FAMILY + (dialect == Dialect.V6 ? 0 : 1)];
        List<String> shown = words(cell);
        assertThat(conversations).as(row[1]).containsAll(shown);
        if (shown.isEmpty()) {
          assertThat(cell).as(row[1]).containsAnyOf("only of " + other.service(), "Kea has it for");
        } else {
          assertThat(words(row[KEYS]))
              .as(row[1])
              .allMatch(key -> isOther(key, dialect) || plans.contains('"' + key + '"'));
        }
      }
    }
  }

  /** Whether a key in a row for both families is of the other one. */
  private static boolean isOther(String key, Dialect dialect) {
    return Stream.of(ObjectKind.values()).noneMatch(kind -> kind.keys(dialect).honours(key));
  }

  @Test
  void everyKeyThatIsHonouredIsInTheTableOrSaidToBeLeftOut() {
    Set<String> honoured = new TreeSet<>();
    for (ObjectKind kind : ObjectKind.values()) {
      for (Dialect dialect : Dialect.values()) {
        honoured.addAll(kind.keys(dialect).honoured());
      }
    }
    Set<String> told = new HashSet<>(words(section.replaceAll("(?m)^\\|.*$", "")));
    rows.forEach(row -> told.addAll(words(row[KEYS])));

    assertThat(told).containsAll(honoured);
  }

  @Test
  void theirNumberIsTrue() throws IOException {
    assertThat(section)
        .contains(
            conversations(Dialect.V6).size()
                + " conversations of DHCPv6 and "
                + conversations(Dialect.V4).size()
                + " of DHCPv4, in "
                + subnets(Dialect.V6)
                + " and "
                + subnets(Dialect.V4)
                + " subnets");
  }

  private static long subnets(Dialect dialect) throws IOException {
    return Pattern.compile("\"subnet\":").matcher(plans(dialect)).results().count();
  }
}
