// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.registry.StandardOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Nearly good plans: whatever is changed, it is accepted or refused with a reason. */
class PlanCompilerPropertyTest {
  private static final String EXAMPLE =
      file("karaf-assembly/src/main/resources/etc/leasehold/plan.d/example.json.txt");
  private static final String EXAMPLE_V4 =
      file("docs/configure.md").replaceAll("(?s).*```json\n(\\{ \"Dhcp4\".*?)```.*", "$1");
  private static final List<String> WORDS = words();

  private final PlanCompiler compiler =
      new PlanCompiler(StandardOptions.CATALOGUE, (from, name) -> new Document(name, EXAMPLE));

  private static String file(String name) {
    try {
      return Files.readString(Path.of("").toAbsolutePath().resolve("../../" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The values of the examples, the keys of all objects, and some that are at the edge. */
  private static List<String> words() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "0",
                "-1",
                "4294967295",
                "99999999999999999999",
                "1e9",
                "0.5",
                "true",
                "null",
                "{}",
                "[]",
                "[{}]",
                "\"\"",
                "\"'\"",
                "\"::/0\"",
                "\"::-::\"",
                "\"ffff::/128\"",
                "\"0x\"",
                "\"vendor-0\"",
                "\"infinity\"",
                "<?include \"x\"?>",
                ",",
                ":",
                "}",
                "]"));
    for (ObjectKind kind : ObjectKind.values()) {
      for (Dialect dialect : Dialect.values()) {
        kind.keys(dialect).all().forEach(key -> words.add('"' + key + '"'));
      }
    }
    Matcher value = Pattern.compile("\"[^\"\\n]*\"|\\d+").matcher(EXAMPLE + EXAMPLE_V4);
    while (value.find()) {
      words.add(value.group());
    }
    return words;
  }

  private static String changed(String example, long seed) {
    Random random = new Random(seed);
    List<String> tokens = new ArrayList<>();
    Matcher token = Pattern.compile("//[^\\n]*|\"[^\"\\n]*\"|[\\w.]+|\\S").matcher(example);
    while (token.find()) {
      if (!token.group().startsWith("//")) {
        tokens.add(token.group());
      }
    }
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(4)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, WORDS.get(random.nextInt(WORDS.size())));
        case 2 -> tokens.add(at, tokens.get(random.nextInt(tokens.size())));
        default -> tokens.set(at, WORDS.get(random.nextInt(WORDS.size())));
      }
    }
    return String.join(" ", tokens);
  }

  @Property(tries = 2_000)
  void nothingIsThrown(@ForAll long seed) {
    PlanCompilation compilation =
        compiler.compile(
            List.of(
                new Document("plan6.json", changed(EXAMPLE, seed)),
                new Document("plan4.json", changed(EXAMPLE_V4, seed))),
            List.of());

    assertThat(compilation.plan().isPresent()).isEqualTo(compilation.report().accepted());
    assertThat(compilation.report().accepted() || !compilation.report().findings().isEmpty())
        .isTrue();
  }
}
