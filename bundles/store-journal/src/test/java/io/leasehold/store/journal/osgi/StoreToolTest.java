// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseChange;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.testkit.LeaseSamples;
import io.leasehold.testkit.StoreContent;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code leasehold store} does. */
class StoreToolTest {
  @TempDir Path base;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Path leases;

  @BeforeEach
  void fill() throws Exception {
    leases = base.resolve("leases");
    try (RunningJournal journal = start()) {
      StoreContent.awaitOpen(journal.store());
      for (int i = 0; i < 20; i++) {
        StoreContent.commit(journal.store(), LeaseChange.put(LeaseSamples.lease(i, 0)));
      }
    }
  }

  private RunningJournal start() {
    return new RunningJournal(new FileMedium(leases), JournalSettings.DEFAULT, 1000);
  }

  private int run(Path directory, String word, String... arguments) {
    printed.reset();
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new StoreTool(directory, out, out).run(word, List.of(arguments));
  }

  private String printed() {
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void leasesMoveToAnotherStore() {
    String file = base.resolve("leases.txt").toString();
    assertThat(run(leases, "export", file)).isZero();
    assertThat(printed()).startsWith("20 leases and 0 notes in ");
    Path other = base.resolve("other");
    assertThat(run(other, "import", file)).isZero();
    assertThat(printed()).isEqualTo("20 leases and notes imported, 0 refused\n");
    assertThat(run(other, "compact")).isZero();
    assertThat(run(other, "check")).isZero();
    assertThat(printed()).startsWith("2 files, ").contains(", 20 records\n");
  }

  @Test
  void damageIsToldAndRepairedOnlyWhenItIsMeant() throws Exception {
    Path segment = leases.resolve("journal-0000000000000001.seg");
    try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 4096 * 5 + 60);
    }
    assertThat(run(leases, "check")).isEqualTo(1);
    String place = "damaged: journal-0000000000000001.seg at octet 20480: ";
    assertThat(printed()).contains(place);
    assertThat(run(leases, "repair")).isEqualTo(1);
    assertThat(printed())
        .contains(place)
        .contains("batches 5 to 5 are lost before octet 24576")
        .contains("19 leases and 0 notes can be kept")
        .contains("nothing was changed");
    assertThat(run(leases, "repair", "--yes")).isZero();
    assertThat(printed()).contains("19 leases and 0 notes are kept");
    assertThat(run(leases, "check")).isZero();
    assertThat(Files.exists(leases.resolve("journal-0000000000000001.seg.damaged"))).isTrue();
    try (RunningJournal journal = start()) {
      StoreContent.awaitOpen(journal.store());
      assertThat(StoreContent.of(journal.store()).leases())
          .hasSize(19)
          .doesNotContainKey(LeaseSamples.key(4));
    }
    assertThat(run(leases, "repair")).isZero();
    assertThat(printed()).isEqualTo("nothing is damaged\n");
  }

  @Test
  void aRunningServerKeepsItsStore() throws Exception {
    try (RunningJournal journal = start()) {
      StoreContent.awaitOpen(journal.store());
      for (String word : List.of("check", "repair", "compact")) {
        assertThat(run(leases, word)).isEqualTo(1);
        assertThat(printed()).contains("in use by process " + ProcessHandle.current().pid());
      }
    }
  }

  @Test
  void wrongWordsAreMisuse() {
    assertThat(run(leases, "chek")).isEqualTo(64);
    assertThat(run(leases, "export")).isEqualTo(64);
    assertThat(run(leases, "repair", "yes")).isEqualTo(64);
    assertThat(run(base.resolve("none"), "check")).isEqualTo(1);
    assertThat(run(base.resolve("none"), "import", base.resolve("none.txt").toString()))
        .isEqualTo(1);
    assertThat(printed()).contains("NoSuchFileException");
  }
}
