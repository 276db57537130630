// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.leasehold.server.PlanReport.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The examples that come with Kea, where they are installed (Debian's package {@code kea-doc}) or
 * where {@code -Dleasehold.kea.examples} says: each is accepted, or refused for what {@code
 * kea-examples.txt} names and nothing else.
 */
class KeaExamplesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("leasehold.kea.examples", "/usr/share/doc/kea/examples"));

  private static Map<String, List<String>> unsupported() throws IOException {
    Map<String, List<String>> unsupported = new HashMap<>();
    try (InputStream in = KeaExamplesTest.class.getResourceAsStream("kea-examples.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("#")) {
          String[] columns = line.split(" \\| ");
          unsupported.computeIfAbsent(columns[0], file -> new ArrayList<>()).add(columns[1]);
        }
      }
    }
    return unsupported;
  }

  @ParameterizedTest
  @ValueSource(strings = {"kea4", "kea6"})
  void areAcceptedOrRefusedForWhatIsKnown(String directory) throws IOException {
    assumeTrue(Files.isDirectory(EXAMPLES.resolve(directory)), "the examples are not installed");
    Map<String, List<String>> unsupported = unsupported();
    List<Path> examples;
    try (Stream<Path> files = Files.list(EXAMPLES.resolve(directory))) {
      examples = files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }

    assertThat(examples).hasSizeGreaterThan(20);
    for (Path example : examples) {
      String name = directory + "/" + example.getFileName();
      List<String> texts = unsupported.getOrDefault(name, List.of());
      List<String> errors =
          Compiling.compile(Files.readString(example)).report().findings().stream()
              .filter(Finding::error)
              .map(Finding::text)
              .toList();
      assertThat(errors)
          .as(name)
          .allMatch(error -> texts.stream().anyMatch(error::contains), "is in kea-examples.txt");
      assertThat(texts)
          .as(name)
          .allMatch(text -> errors.stream().anyMatch(e -> e.contains(text)), "is still refused");
    }
  }
}
