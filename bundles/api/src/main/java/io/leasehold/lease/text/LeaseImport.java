// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Reads exports of any store and lease files of Kea and of ISC dhcpd into a store, in batches, with
 * bounded memory. A bad line is refused and told, and does not hold up the others. Used once, by
 * one thread.
 */
public final class LeaseImport {
  /** So many changes share one batch. */
  private static final int BATCH = 512;

  /** So many batches may wait for the medium. */
  private static final int WAITING = 64;

  /** So many refused lines are told one by one. */
  private static final int TOLD = 20;

  private static final String AGAIN = "; correct the line and import the file again";

  /** What takes the leases in. */
  @FunctionalInterface
  public interface Target {
    /** Takes a batch; the stage completes when it is durable. */
    CompletionStage<?> append(Batch batch);
  }

  private final Target target;
  private final Map<LeaseKey, LeaseChange> leases = new LinkedHashMap<>();
  private final Map<String, NoteChange> notes = new LinkedHashMap<>();
  private final ArrayDeque<CompletionStage<?>> waiting = new ArrayDeque<>();
  private final List<String> problems = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private final ImportPart changed = new ImportPart(TOLD);
  private final ImportPart left = new ImportPart(TOLD);
  private long lines;
  private long changes;
  private long refused;

  /** Imports into a target, for example {@link LeaseStore#append}. */
  public LeaseImport(Target target) {
    this.target = target;
  }

  /**
   * Reads files one after the other; later lines of a lease replace earlier ones. Blocks until
   * everything is durable.
   *
   * @throws IOException if a file cannot be read, or the store takes no more
   */
  public ImportReport read(List<Path> files) throws IOException {
    for (Path file : files) {
      try (BufferedReader in = Files.newBufferedReader(file)) {
        read(file.getFileName().toString(), in);
      } catch (CharacterCodingException e) {
        throw new IOException(file + " is not text in UTF-8", e);
      }
    }
    append();
    while (!waiting.isEmpty()) {
      await(waiting.remove());
    }
    return new ImportReport(
        lines, changes, refused, problems, remarks, changed.report(), left.report());
  }

  private void read(String name, BufferedReader in) throws IOException {
    String first = in.readLine();
    lines++;
    if (first != null && first.startsWith("\ufeff")) {
      first = first.substring(1);
    }
    if (LeaseExport.FIRST.equals(first)) {
      readOwn(name, in);
    } else if (first != null && KeaLeases.isHeader(first)) {
      readKea(name, in, KeaLeases.of(first));
    } else if (first != null && DhcpdLeases.isBeginning(first)) {
      readDhcpd(name, first, in);
    } else {
      refused++;
      problems.add(
          name
              + ":1: '"
              + (first == null ? "" : first.substring(0, Math.min(first.length(), 60)))
              + "' begins neither an export ("
              + LeaseExport.FIRST
              + ") nor a lease file of Kea (address,...) or of ISC dhcpd; name such a file");
    }
  }

  private void readOwn(String name, BufferedReader in) throws IOException {
    long number = 1;
    long seen = 0;
    String end = null;
    for (String line = in.readLine(); line != null && end == null; line = in.readLine()) {
      number++;
      lines++;
      try {
        if (line.startsWith(LeaseLine.LEASE + " ")) {
          put(LeaseChange.put(LeaseLine.lease(line)));
          seen++;
        } else if (line.startsWith(LeaseLine.NOTE + " ")) {
          put(LeaseLine.note(line));
          seen++;
        } else if (line.startsWith(LeaseExport.LAST + " ")) {
          end = line;
        } else if (!line.isBlank() && !line.startsWith("#")) {
          throw new IllegalArgumentException("it begins with neither lease, note, end nor #");
        }
      } catch (IllegalArgumentException e) {
        seen++;
        refuse(name, number, line, e);
      }
    }
    mustBeWhole(name, number, seen, end);
  }

  private void mustBeWhole(String name, long number, long seen, String end) {
    if (end == null) {
      refused++;
      problems.add(
          name
              + ":"
              + number
              + ": the file is cut short, its last line 'end' is missing; export it again");
      return;
    }
    String[] counts = end.split(" ");
    boolean same = false;
    try {
      same = counts.length == 3 && Long.parseLong(counts[1]) + Long.parseLong(counts[2]) == seen;
    } catch (NumberFormatException e) {
      refuse(name, number, end, e);
    }
    if (!same) {
      remarks.add(
          name + ": it has " + seen + " leases and notes and was written with '" + end + "'");
    }
  }

  private void readKea(String name, BufferedReader in, KeaLeases kea) throws IOException {
    long number = 1;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      number++;
      lines++;
      try {
        if (!line.isBlank()) {
          takeKea(name, number, kea, kea.read(line));
        }
      } catch (IllegalArgumentException e) {
        refuse(name, number, line, e);
      }
    }
  }

  private void takeKea(String name, long number, KeaLeases kea, LeaseChange changeOrNull)
      throws IOException {
    if (changeOrNull == null) {
      left.add(name, number, "the address was only registered by its client and is no lease");
      return;
    }
    put(changeOrNull);
    if (changeOrNull.lease().isPresent() && !kea.lost().isEmpty()) {
      changed.add(name, number, "not taken over: " + kea.lost());
    }
  }

  private void readDhcpd(String name, String first, BufferedReader in) throws IOException {
    DhcpdLeases.Into into =
        new DhcpdLeases.Into() {
          @Override
          public void put(LeaseChange change) throws IOException {
            lines++;
            LeaseImport.this.put(change);
          }

          @Override
          public void changed(int line, String what) {
            changed.add(name, line, what);
          }

          @Override
          public void left(int line, String what) {
            left.add(name, line, what);
          }

          @Override
          public void refuse(int line, String shown, IllegalArgumentException why) {
            LeaseImport.this.refuse(name, line, shown, why);
          }
        };
    for (String remark : DhcpdLeases.read(first, in, into)) {
      remarks.add(name + ": " + remark);
    }
  }

  private void refuse(String name, long number, String line, IllegalArgumentException why) {
    refused++;
    if (problems.size() < TOLD) {
      String shown = line.length() > 100 ? line.substring(0, 100) + "..." : line;
      problems.add(name + ":" + number + ": " + why.getMessage() + " in '" + shown + "'" + AGAIN);
    }
  }

  private void put(LeaseChange change) throws IOException {
    leases.put(change.key(), change);
    counted();
  }

  private void put(NoteChange note) throws IOException {
    notes.put(note.name(), note);
    counted();
  }

  private void counted() throws IOException {
    changes++;
    if (leases.size() + notes.size() >= BATCH) {
      append();
    }
  }

  private void append() throws IOException {
    if (leases.isEmpty() && notes.isEmpty()) {
      return;
    }
    Batch batch = new Batch(List.copyOf(leases.values()), List.copyOf(notes.values()));
    leases.clear();
    notes.clear();
    waiting.add(target.append(batch));
    if (waiting.size() > WAITING) {
      await(waiting.remove());
    }
  }

  private static void await(CompletionStage<?> stage) throws IOException {
    try {
      stage.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IOException(
          "the store took only a part of the leases: " + e.getCause().getMessage(), e.getCause());
    }
  }
}
