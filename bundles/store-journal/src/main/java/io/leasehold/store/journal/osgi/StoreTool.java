// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.lease.Snapshot;
import io.leasehold.lease.StoreCheck;
import io.leasehold.lease.StoreRepair;
import io.leasehold.lease.text.ImportReport;
import io.leasehold.lease.text.LeaseExport;
import io.leasehold.lease.text.LeaseImport;
import io.leasehold.store.journal.JournalLeaseStore;
import io.leasehold.store.journal.JournalSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;

/**
 * What {@code leasehold store} runs: looks after the files of a server that does not run. Exit
 * codes: 0 done, 1 damaged, refused or failed, 64 misused.
 */
public final class StoreTool {
  private static final int MISUSED = 64;
  private static final long LOOK_NANOS = 1_000_000;

  /** Nothing is served meanwhile. */
  private static final int UNPACED_MIB = 10_000;

  private final Path directory;
  private final PrintStream out;
  private final PrintStream err;

  /** Works on a store's directory. */
  StoreTool(Path directory, PrintStream out, PrintStream err) {
    this.directory = directory;
    this.out = out;
    this.err = err;
  }

  /** The arguments are the directory, a word, and what belongs to the word. */
  public static void main(String[] args) {
    if (args.length < 2) {
      System.err.println("usage: StoreTool DIRECTORY check|repair|export|import|compact ...");
      System.exit(MISUSED);
    }
    List<String> rest = List.of(args).subList(2, args.length);
    System.exit(new StoreTool(Path.of(args[0]), System.out, System.err).run(args[1], rest));
  }

  /** Does what a word says; gives the exit code. */
  int run(String word, List<String> arguments) {
    boolean forImport = word.equals("import");
    boolean usable =
        switch (word) {
          case "check", "compact" -> arguments.isEmpty();
          case "repair" -> arguments.isEmpty() || arguments.equals(List.of("--yes"));
          case "export" -> arguments.size() == 1;
          case "import" -> !arguments.isEmpty();
          default -> false;
        };
    if (!usable) {
      err.println(
          "leasehold: store wants check, repair [--yes], export FILE, import FILE..., or compact");
      return MISUSED;
    }
    if (!forImport && !Files.isDirectory(directory)) {
      err.println("leasehold: no lease store in " + directory);
      return 1;
    }
    try {
      return word.equals("check") || word.equals("repair")
          ? onFiles(word, !arguments.isEmpty())
          : onStore(word, arguments);
    } catch (IOException | CompletionException e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      // Its message is the name of the file alone.
      boolean named = cause instanceof java.nio.file.FileSystemException;
      err.println(
          "leasehold: "
              + (named ? cause.getClass().getSimpleName() + ": " : "")
              + cause.getMessage());
      return 1;
    }
  }

  private int onFiles(String word, boolean really) throws IOException {
    JournalLeaseStore store =
        RunningJournal.stopped(new FileMedium(directory), JournalSettings.DEFAULT);
    if (word.equals("check")) {
      StoreCheck check = store.check();
      out.printf(
          "%d files, %d octets, %d records%n", check.files(), check.octets(), check.records());
      check.remarks().forEach(out::println);
      check.damages().forEach(err::println);
      return check.damages().isEmpty() ? 0 : 1;
    }
    StoreRepair repair = store.repair(really);
    repair.losses().forEach(out::println);
    if (repair.losses().isEmpty()) {
      out.println("nothing is damaged");
      return 0;
    }
    out.printf(
        "%d leases and %d notes %s kept%n",
        repair.leases(), repair.notes(), repair.done() ? "are" : "can be");
    if (!repair.done()) {
      err.println("leasehold: nothing was changed; the rest is lost for good with --yes");
    }
    return repair.done() ? 0 : 1;
  }

  private int onStore(String word, List<String> arguments) throws IOException {
    try (RunningJournal journal =
        new RunningJournal(new FileMedium(directory), JournalSettings.DEFAULT, UNPACED_MIB)) {
      JournalLeaseStore store = journal.store();
      awaitOpen(store);
      return switch (word) {
        case "export" -> export(store, Path.of(arguments.get(0)));
        case "import" -> imported(store, arguments);
        default -> compacted(store);
      };
    }
  }

  /** The journal opens on a thread of its own; its first word is final here. */
  private static void awaitOpen(JournalLeaseStore store) throws IOException {
    while (!store.isSettled()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    if (!store.status().takesChanges()) {
      throw new IOException(store.status().cause());
    }
  }

  private int export(JournalLeaseStore store, Path file) throws IOException {
    try (Snapshot snapshot = store.snapshot()) {
      LeaseExport export = LeaseExport.writeFile(snapshot, file.toAbsolutePath());
      out.printf("%d leases and %d notes in %s%n", export.leases(), export.notes(), file);
    }
    return 0;
  }

  private int imported(JournalLeaseStore store, List<String> names) throws IOException {
    List<Path> files = new ArrayList<>();
    names.forEach(name -> files.add(Path.of(name)));
    ImportReport report = new LeaseImport(store::append).read(files);
    out.printf("%d leases and notes imported, %d refused%n", report.changes(), report.refused());
    report.remarks().forEach(out::println);
    print("changed in meaning", report.changed());
    print("not converted", report.left());
    report.problems().forEach(err::println);
    return report.refused() == 0 ? 0 : 1;
  }

  private void print(String title, ImportReport.Part part) {
    if (part.count() > 0) {
      out.println(part.count() + " " + title + ", the first of them:");
      part.first().forEach(out::println);
    }
  }

  private int compacted(JournalLeaseStore store) {
    store.compact().toCompletableFuture().join();
    out.println("compacted");
    return 0;
  }
}
