// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.PlanReport;
import io.leasehold.server.PlanReport.Finding;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/**
 * Any text is a plan or is refused with findings that have their places in it, and costs no more
 * memory than its length allows. {@code -Dfuzz.plans} looks for a minute, with other texts each
 * time.
 */
class PlanFuzzTest {
  private static final int CASES = 3_000;
  private static final Duration SEARCH = Duration.ofMinutes(1);
  private static final long LONGEST_FINDING = 1_600;

  /** Reading and compiling together; most of it is gone at once. */
  private static final long MOST_OCTETS_PER_CHARACTER = 2_000;

  private static final long MOST_OCTETS_OF_NOTHING = 32_000_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private String other;
  private final PlanCompiler compiler =
      new PlanCompiler(StandardOptions.CATALOGUE, this::included, List.of("iterative"));

  private Document included(String from, String name) throws IOException {
    if (!name.equals("other")) {
      throw new IOException("does not exist");
    }
    return new Document(name, other);
  }

  @Test
  void anyTextIsAPlanOrIsRefusedWithPlacesInIt(TestReporter reporter) {
    boolean searches = System.getProperty("fuzz.plans") != null;
    Random random = new Random(searches ? System.nanoTime() : 7);
    PlanMutations mutations = new PlanMutations(random);
    long end = System.nanoTime() + SEARCH.toNanos();
    int accepted = 0;
    int cases = 0;
    for (; searches ? System.nanoTime() < end : cases < CASES; cases++) {
      other = mutations.next();
      List<Document> documents =
          random.nextInt(8) == 0
              ? List.of(
                  new Document("one.json", mutations.next()), new Document("two", mutations.next()))
              : List.of(new Document("one.json", mutations.next()));
      accepted += isAccepted(documents) ? 1 : 0;
    }
    reporter.publishEntry(cases + " documents, " + accepted + " accepted");
    assertThat(accepted).isPositive();
  }

  @Test
  void textThatEndsAnywhereIsRefusedWithinIt() {
    other = "";
    String text =
        "{ \"Dhcp6\": { \"user-context\": { \"a\\u00e9\\n\": [ -1.5e3, true, null, \"x\" ], /* c */ \"b\": { }"
            + " // d\n # e\n, \"c\": <?include \"other\"?> 0x1 }, \"subnet6\": [ { \"id\": 1, } ] } } \\ \" \\";
    for (int i = 0; i <= text.length(); i++) {
      isAccepted(List.of(new Document("one.json", text.substring(0, i))));
    }
  }

  private boolean isAccepted(List<Document> documents) {
    PlanCompilation compilation;
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      compilation = compiler.compile(documents, List.of());
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError(shown(documents), e);
    }
    long taken = THREADS.getCurrentThreadAllocatedBytes() - before;
    PlanReport report = compilation.report();
    assertThat(compilation.plan().isPresent()).isEqualTo(report.accepted());
    assertThat(report.findings().stream().anyMatch(Finding::error)).isEqualTo(!report.accepted());
    report.findings().forEach(finding -> check(finding, documents));
    long characters = other.length();
    for (Document document : documents) {
      characters += document.text().length();
    }
    assertThat(taken)
        .as(() -> shown(documents))
        .isLessThan(MOST_OCTETS_OF_NOTHING + MOST_OCTETS_PER_CHARACTER * characters);
    PlanTree tree = PlanTree.read(documents, this::included);
    assertThat(PlanDiff.between(tree, tree)).as(() -> shown(documents)).isEmpty();
    return report.accepted();
  }

  private void check(Finding finding, List<Document> documents) {
    String[] place = finding.place().split(":");
    assertThat(place).as(finding.toString()).hasSize(3);
    int line = Integer.parseInt(place[1]);
    int column = Integer.parseInt(place[2]);
    String text =
        documents.stream()
            .filter(document -> document.name().equals(place[0]))
            .findFirst()
            .map(Document::text)
            .orElse(other);
    String[] lines = text.split("\n", -1);
    assertThat(line).as(finding.toString()).isBetween(1, lines.length);
    assertThat(column).as(finding.toString()).isBetween(1, lines[line - 1].length() + 1);
    assertThat(finding.text()).isNotBlank();
    assertThat((long) finding.text().length())
        .as(() -> finding.text().substring(0, 300))
        .isLessThan(LONGEST_FINDING);
  }

  private String shown(List<Document> documents) {
    StringBuilder shown = new StringBuilder();
    documents.forEach(document -> shown.append(document.name() + ":\n" + document.text() + "\n"));
    return shown.append("other:\n").append(other).toString();
  }
}
