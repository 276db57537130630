// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.Snapshot;
import io.leasehold.lease.text.LeaseExport;
import io.leasehold.store.journal.JournalSettings;
import io.leasehold.store.journal.osgi.FileMedium;
import io.leasehold.store.journal.osgi.RunningJournal;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.LeaseSamples;
import io.leasehold.testkit.StoreContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Stores that older releases wrote, kept as files. Each release that changes the minor version of
 * the format adds one.
 */
class OlderFormatsTest {
  /** Where the major version stands in the header of a file. */
  private static final long MAJOR_AT = 8;

  @TempDir Path directory;

  private RunningJournal start() {
    return new RunningJournal(new FileMedium(directory), JournalSettings.DEFAULT, 1000);
  }

  private void unpack(String name) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(resource(name + ".zip"))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, directory.resolve(entry.getName()));
      }
    }
  }

  private static InputStream resource(String name) {
    return OlderFormatsTest.class.getResourceAsStream(name);
  }

  private static List<String> exported(RunningJournal journal) throws IOException {
    StringWriter out = new StringWriter();
    try (Snapshot snapshot = journal.store().snapshot()) {
      LeaseExport.write(snapshot, out);
    }
    return out.toString().lines().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = "format-1.0")
  @DisplayName(
      "S-22: a store of an older minor version opens, with all it holds, and is written on")
  void olderMinorVersion(String format) throws Exception {
    unpack(format);
    List<String> written;
    try (InputStream text = resource(format + ".txt")) {
      written = new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
    try (RunningJournal journal = start()) {
      StoreContent.awaitOpen(journal.store());
      assertThat(exported(journal)).isEqualTo(written);
      assertThat(journal.store().check().damages()).isEmpty();
      assertThat(StoreContent.of(journal.store()).replay().repairs()).isEmpty();
      StoreContent.commit(journal.store(), LeaseChange.put(LeaseSamples.lease(12345, 0)));
    }
    try (RunningJournal journal = start()) {
      StoreContent.awaitOpen(journal.store());
      assertThat(exported(journal)).hasSize(written.size() + 1);
    }
  }

  @Test
  @DisplayName("S-22: a store of a newer major version is refused, with what helps, and untouched")
  void newerMajorVersion() throws Exception {
    unpack("format-1.0");
    List<Path> files = files();
    for (Path file : files) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(new byte[] {0, 2}), MAJOR_AT);
      }
    }
    try (RunningJournal journal = start()) {
      Await.until(Duration.ofSeconds(30), journal.store()::isSettled);
      assertThat(journal.store().status().takesChanges()).isFalse();
      assertThat(journal.store().status().cause())
          .contains(
              "checkpoint-0000000000000003.tab has format 2; this release reads up to 1: install the"
                  + " newer release");
    }
    assertThat(files()).containsAll(files);
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> !file.endsWith("lock")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
