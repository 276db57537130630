// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written cannot be changed unseen, and cannot fill the disk. */
final class AuditLogTest {
  @TempDir Path directory;
  private Instant now = Instant.parse("2026-06-01T00:00:00Z");

  private AuditLog log(long maxOctets) {
    return new AuditLog(new AuditTrail(directory.resolve("audit.log"), maxOctets), () -> now);
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(directory.resolve("audit.log"));
  }

  @Test
  void linesAreJsonThatOnlyTheServiceUserReads() throws IOException {
    AuditLog log = log(1 << 20);
    log.event("peer-refused", "r17", "it said \"hello\"");
    log.flush();
    assertThat(lines())
        .containsExactly(
            "{\"n\":1,\"time\":\"2026-06-01T00:00:00Z\",\"kind\":\"peer-refused\",\"subject\":\"r17\","
                + "\"detail\":\"it said \\\"hello\\\"\",\"prev\":\"\"}");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("audit.log"))))
        .isEqualTo("rw-------");
  }

  @Test
  void whatPeersSayCannotBeginANewLineOrMoveTheCursor() throws IOException {
    AuditLog log = log(1 << 20);
    log.event("handshake-failed", "x\n{\"n\":9}\u001b[2J", "\u202e" + "y".repeat(500));
    log.flush();
    assertThat(lines()).hasSize(1);
    assertThat(lines().get(0))
        .contains("x\\\\u000a{\\\"n\\\":9}\\\\u001b[2J")
        .contains("\\\\u202e")
        .hasSizeLessThan(600);
  }

  @Test
  void chainShowsEveryChange() throws IOException {
    AuditLog log = log(1 << 20);
    for (int i = 0; i < 5; i++) {
      log.event("a", "s" + i, "");
    }
    log.flush();
    // Another run of the server goes on where this one ended.
    AuditLog next = log(1 << 20);
    next.event("a", "s5", "");
    next.flush();
    Path file = directory.resolve("audit.log");
    assertThat(AuditTrail.broken(file)).isEmpty();
    List<String> whole = lines();
    assertThat(whole.get(5)).startsWith("{\"n\":6,");

    List<String> changed = new ArrayList<>(whole);
    changed.set(2, changed.get(2).replace("s2", "sX"));
    Files.write(file, changed);
    assertThat(AuditTrail.broken(file).orElseThrow())
        .contains("line 4 does not follow from line 3");
    List<String> shorter = new ArrayList<>(whole);
    shorter.remove(3);
    Files.write(file, shorter);
    assertThat(AuditTrail.broken(file)).isPresent();
    List<String> turned = new ArrayList<>(whole);
    Collections.swap(turned, 1, 2);
    Files.write(file, turned);
    assertThat(AuditTrail.broken(file)).isPresent();
  }

  @Test
  void eventsOfOneKindAreLimitedAndCounted() throws IOException {
    AuditLog log = log(1 << 20);
    for (int i = 0; i < 1000; i++) {
      log.event("handshake-failed", "hq", "x");
    }
    log.event("peer-removed", "r17", "");
    log.flush();
    assertThat(lines()).hasSize(AuditLog.BURST + 1);
    now = now.plusSeconds(3);
    for (int i = 0; i < 1000; i++) {
      log.event("handshake-failed", "hq", "x");
    }
    log.flush();
    assertThat(lines()).hasSize(AuditLog.BURST + 1 + 3);
    assertThat(lines().get(AuditLog.BURST + 1)).contains("\"left-out\":980");
  }

  @Test
  void manyKindsAreBoundedToo() {
    AuditLog log = log(1 << 20);
    for (int i = 0; i < 5000; i++) {
      log.event("kind" + i, "hq", "x");
    }
    log.flush();
    assertThat(directory.resolve("audit.log")).isNotEmptyFile();
    assertThat(directory.resolve("audit.log").toFile().length()).isLessThan(100_000);
  }

  @Test
  void filesAreReplacedAndTheChainGoesOn() throws IOException {
    AuditLog log = log(2000);
    for (int i = 0; i < 200; i++) {
      now = now.plusSeconds(1);
      log.event("a", "s" + i, "");
      log.flush();
    }
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "audit.log", "audit.log.1", "audit.log.2", "audit.log.3", "audit.log.4");
    }
    List<String> across = Files.readAllLines(directory.resolve("audit.log.1"));
    across.addAll(lines());
    Path both = Files.write(directory.resolve("both"), across);
    assertThat(AuditTrail.broken(both)).isEmpty();
  }

  @Test
  void trailThatCannotBeWrittenIsAnAlarm() throws IOException {
    Files.createDirectory(directory.resolve("audit.log"));
    AuditLog log = log(1 << 20);
    log.event("a", "s", "");
    log.flush();
    assertThat(log.alarms()).hasSize(1).allMatch(alarm -> alarm.contains("cannot be written"));
  }
}
