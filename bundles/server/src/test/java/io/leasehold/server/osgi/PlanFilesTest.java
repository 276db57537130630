// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.server.PlanVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents on disk and plans that were. */
class PlanFilesTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_000);

  @TempDir Path directory;

  private Path plans;
  private Path data;
  private PlanFiles files;

  @BeforeEach
  void open() throws IOException {
    plans = Files.createDirectories(directory.resolve("plan.d"));
    data = directory.resolve("data");
    files = reopened();
  }

  private PlanFiles reopened() {
    return new PlanFiles(plans, data, () -> List.of("iterative"));
  }

  private static String document(int lifetime) {
    return "{ \"Dhcp6\": { \"valid-lifetime\": " + lifetime + " } } // " + lifetime + "\n";
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(plans.resolve(name), text);
  }

  private PlanFiles.Reading use(String name, String text) throws IOException {
    write(name, text);
    PlanFiles.Reading reading = files.read(List.of());
    assertThat(reading.report().accepted()).as("%s", reading.report().findings()).isTrue();
    files.use(reading, NOW, "test " + text.length());
    return reading;
  }

  private List<Long> numbers() throws IOException {
    return files.archive().versions().stream().map(PlanVersion::number).toList();
  }

  @Test
  void plansAreKeptWithWhatIsSaidOfThemAndOnlyOnceEach() throws IOException {
    PlanFiles.Reading first = use("a.json", document(5));
    files.use(files.read(List.of()), NOW, "again");
    use("a.json", document(6));

    List<PlanVersion> versions = reopened().archive().versions();
    assertThat(versions).extracting(PlanVersion::number).containsExactly(2L, 1L);
    assertThat(versions.get(1))
        .isEqualTo(
            new PlanVersion(1, NOW, first.digest(), first.report().summary(), "test 42", false));
    assertThat(files.archive().texts(1).files())
        .isEqualTo(first.texts().files())
        .containsEntry(plans.resolve("a.json").toString(), document(5));
  }

  @Test
  void whatIsInForceIsNotCompiledOnceMore() throws IOException {
    write("part.inc", document(5));
    PlanFiles.Reading first = use("a.json", "<?include \"part.inc\"?>");
    assertThat(files.readChanges(List.of())).isSameAs(first);

    OptionDefinition weather = OptionDefinition.of(OptionSpace.DHCP6, 65_001, "weather", "uint16");
    assertThat(files.readChanges(List.of(weather))).isNotSameAs(first);
    write("part.inc", document(6));
    assertThat(files.readChanges(List.of()).digest()).isNotEqualTo(first.digest());
    write("part.inc", document(5));
    write("b.json", "{}");
    assertThat(files.readChanges(List.of()).texts().documents()).hasSize(2);
    Files.delete(plans.resolve("b.json"));
    Files.delete(plans.resolve("part.inc"));
    assertThat(files.readChanges(List.of()).plan()).isEmpty();
  }

  @Test
  void longTextsAreKeptAsTheyAre() throws IOException {
    String remark = "/* " + "\u00fc".repeat(8_188) + "\ud83d\ude00".repeat(9_000) + " */";

    use("a.json", remark + document(5));

    assertThat(reopened().archive().texts(1).files()).containsValue(remark + document(5));
  }

  @Test
  void onlyTheLastTwentyAreKept() throws IOException {
    for (int i = 1; i <= PlanFiles.KEPT + 3; i++) {
      use("a.json", document(i));
    }

    assertThat(numbers()).hasSize(PlanFiles.KEPT).startsWith(23L).endsWith(4L);
    assertThatThrownBy(() -> files.archive().texts(3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no plan 3 is kept");
  }

  @Test
  void theLatestThatCanBeReadIsTheLastGoodOne() throws IOException {
    use("a.json", document(5));
    use("a.json", document(6));
    Path latest = data.resolve("plans/00000002.plan");
    byte[] octets = Files.readAllBytes(latest);
    octets[octets.length - 3] ^= 1;
    Files.write(latest, octets);
    write("a.json", "{");

    PlanFiles.Reading last = reopened().readLastGood(List.of());

    assertThat(last.plan()).isPresent();
    assertThat(last.texts().files()).containsValue(document(5));
  }

  @Test
  void whatWasRefusedIsNoLastGoodPlan() throws IOException {
    use("a.json", document(5));
    write("a.json", "{");
    files.keep(files.read(List.of()), NOW, "refused");

    assertThat(reopened().readLastGood(List.of()).texts().files()).containsValue(document(5));
    assertThat(files.archive().versions().get(0).digest()).isEmpty();
  }

  @Test
  void documentsAndIncludesArePutBackAndOthersRemoved() throws IOException {
    Files.writeString(directory.resolve("more.inc"), "6");
    String asking = "{ \"Dhcp6\": { \"valid-lifetime\": <?include \"../more.inc\"?> } }";
    PlanFiles.Reading kept = use("a.json", asking);
    Files.writeString(directory.resolve("more.inc"), "7");
    write("a.json", document(1));
    write("b.json", "{}");

    files.install(files.archive().texts(1));

    PlanFiles.Reading back = files.read(List.of());
    assertThat(back.texts().files()).isEqualTo(kept.texts().files());
    assertThat(directory.resolve("more.inc")).hasContent("6");
    assertThat(plans.resolve("b.json")).doesNotExist();
    try (Stream<Path> left = Files.list(plans)) {
      assertThat(left).containsExactly(plans.resolve("a.json"));
    }
  }

  @Test
  void anInstallationThatEndedOnTheWayIsFinishedAtTheNextStart() throws IOException {
    use("a.json", document(5));
    use("b.json", "{ \"Dhcp4\": {} }");
    PlanTexts wanted = files.archive().texts(1);
    DurableFile.replace(data.resolve("plans/unfinished"), wanted::save);
    write("a.json", document(9));

    PlanFiles next = reopened();
    next.finishInstalling();

    assertThat(next.read(List.of()).texts().files()).isEqualTo(wanted.files());
    assertThat(data.resolve("plans/unfinished")).doesNotExist();
  }

  @Test
  void aDirectoryThatCannotBeWrittenKeepsItsDocuments() throws IOException {
    use("a.json", document(5));
    Path elsewhere = Files.createDirectories(directory.resolve("gone/x"));
    String asking = "{ \"Dhcp6\": { \"valid-lifetime\": <?include \"../gone/x/y\"?> } }";
    Files.writeString(elsewhere.resolve("y"), "6");
    use("a.json", asking);
    write("a.json", document(7));
    Files.delete(elsewhere.resolve("y"));
    Files.delete(elsewhere);
    Files.writeString(elsewhere, "a file where the directory was");

    assertThatThrownBy(() -> files.install(files.archive().texts(2)))
        .isInstanceOf(IOException.class);

    assertThat(plans.resolve("a.json")).hasContent(document(7));
    assertThat(data.resolve("plans/unfinished")).doesNotExist();
  }

  @Test
  void theCopyOfAnEarlierReleaseIsUsedWhileNoPlanIsKept() throws IOException {
    write("a.json", document(5));
    Files.createDirectories(data);
    DurableFile.replace(data.resolve("last-good-plan"), files.read(List.of()).texts()::save);
    write("a.json", "{");

    assertThat(files.readLastGood(List.of()).texts().files()).containsValue(document(5));
  }
}
