// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.PlanReport;
import io.leasehold.server.PlanVersion;
import io.leasehold.server.check.PlanDocuments;
import io.leasehold.server.plan.ServerPlan;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompilation;
import io.leasehold.server.plan.json.PlanCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan's documents on disk, and those of plans that were. Reading is for any thread; documents
 * are changed by the control thread only.
 */
final class PlanFiles {
  /** So many plans are kept unless the operator says otherwise. */
  static final int KEPT = 20;

  private static final Logger LOG = LoggerFactory.getLogger(PlanFiles.class);

  private final Path directory;
  private final PlanArchive archive;
  private final Path unfinished;
  private final Path formerCopy;
  private final Supplier<Collection<String>> allocators;
  private volatile PlanTexts inForce = PlanTexts.EMPTY;

  /**
   * Documents and what they make.
   *
   * @param texts as they were read; none if they could not be
   */
  record Reading(PlanTexts texts, PlanCompilation compilation) {
    /** The plan, if it is accepted. */
    Optional<ServerPlan> plan() {
      return compilation.plan();
    }

    /** What was found. */
    PlanReport report() {
      return compilation.report();
    }

    /** The plan's, or nothing. */
    String digest() {
      return plan().map(ServerPlan::digest).orElse("");
    }
  }

  /**
   * Names the places; reads nothing.
   *
   * @param directory directory of the documents
   * @param data directory for plans that were
   * @param allocators asked on any thread for the words that an allocator may be
   */
  PlanFiles(Path directory, Path data, Supplier<Collection<String>> allocators) {
    this.directory = directory;
    this.archive = new PlanArchive(data.resolve("plans"), KEPT);
    this.unfinished = data.resolve("plans/unfinished");
    this.formerCopy = data.resolve("last-good-plan");
    this.allocators = allocators;
  }

  Path directory() {
    return directory;
  }

  /** Plans that were. */
  PlanArchive archive() {
    return archive;
  }

  /** The documents of the plan in force. */
  PlanTexts inForce() {
    return inForce;
  }

  /** Reads what is in the directory. */
  Reading read(Collection<OptionDefinition> definitions) {
    try {
      PlanTexts texts = new PlanTexts(ownDocuments());
      Includes includes = texts.recording(PlanDocuments.INCLUDES);
      return new Reading(texts, compiler(includes).compile(texts.documents(), definitions));
    } catch (IOException e) {
      return new Reading(PlanTexts.EMPTY, refused(directory.toString(), e));
    }
  }

  /** Compiles documents that were read before. */
  Reading read(PlanTexts texts, Collection<OptionDefinition> definitions) {
    return new Reading(texts, compiler(texts.replaying()).compile(texts.documents(), definitions));
  }

  /** Reads documents without using them; none means those of the directory. */
  PlanReport check(List<Path> documents, Collection<OptionDefinition> definitions) {
    if (documents.isEmpty()) {
      return read(definitions).report();
    }
    try {
      List<Document> read = PlanDocuments.readAll(documents);
      return compiler(PlanDocuments.INCLUDES).compile(read, definitions).report();
    } catch (IOException e) {
      return refused("plan", e).report();
    }
  }

  /** Documents that were kept are in force now. */
  void use(Reading kept) {
    inForce = kept.texts();
  }

  /** Documents are in force now; what is new of them is kept, so that the next start has it. */
  void use(Reading reading, Instant now, String remark) {
    inForce = reading.texts();
    try {
      List<PlanVersion> kept = archive.versions();
      if (kept.isEmpty()
          || !kept.get(0).digest().equals(reading.digest())
          || !archive.texts(kept.get(0).number()).files().equals(reading.texts().files())) {
        keep(reading, now, remark);
      }
      Files.deleteIfExists(formerCopy);
    } catch (IOException e) {
      LOG.error("the plan in force cannot be kept for the next start: {}", e.toString());
    }
  }

  /** Keeps documents, whether they make a plan or not. */
  void keep(Reading reading, Instant now, String remark) throws IOException {
    archive.keep(
        reading.texts(),
        new PlanVersion(0, now, reading.digest(), reading.report().summary(), remark, false));
  }

  /** The latest documents that were kept and still make a plan; otherwise why not. */
  Reading readLastGood(Collection<OptionDefinition> definitions) {
    Reading last = null;
    try {
      for (PlanVersion version : archive.versions()) {
        if (!version.digest().isEmpty()) {
          last = readKept(version.number(), definitions);
          if (last.plan().isPresent()) {
            return last;
          }
        }
      }
      if (last == null && Files.exists(formerCopy)) {
        try (InputStream in = Files.newInputStream(formerCopy)) {
          return read(PlanTexts.load(in), definitions);
        }
      }
    } catch (IOException e) {
      return new Reading(PlanTexts.EMPTY, refused("plan", e));
    }
    return last == null
        ? new Reading(PlanTexts.EMPTY, refused("plan", new IOException("none was kept")))
        : last;
  }

  /** Reads documents that were kept; damaged ones are refused. */
  Reading readKept(long number, Collection<OptionDefinition> definitions) {
    try {
      return read(archive.texts(number), definitions);
    } catch (IOException e) {
      return new Reading(
          PlanTexts.EMPTY,
          refused("plan " + number, new IOException("cannot be read: " + e.getMessage(), e)));
    }
  }

  /** The documents that an accident has left in part are put in place, all of them. */
  void finishInstalling() {
    if (Files.exists(unfinished)) {
      try (InputStream in = Files.newInputStream(unfinished)) {
        LOG.warn(
            "documents of the plan were being changed when the server ended; that is done now");
        place(PlanTexts.load(in));
        DurableFile.remove(unfinished);
      } catch (IOException e) {
        LOG.error("documents that were being changed cannot be put in place: {}", e.toString());
      }
    }
  }

  /**
   * Puts documents in place of those that are there: all of them, even if the server ends on the
   * way. Included ones go where they were.
   *
   * @throws IOException if they cannot be written; then nothing has changed
   */
  void install(PlanTexts texts) throws IOException {
    List<DurableFile> prepared = prepared(texts);
    try {
      DurableFile.replace(unfinished, texts::save);
      for (DurableFile file : prepared) {
        file.place();
      }
      removeOthers(texts);
      DurableFile.remove(unfinished);
    } finally {
      for (DurableFile file : prepared) {
        file.discard();
      }
    }
  }

  private void place(PlanTexts texts) throws IOException {
    for (DurableFile file : prepared(texts)) {
      file.place();
    }
    removeOthers(texts);
  }

  /** What differs from what is there, written beside it. */
  private static List<DurableFile> prepared(PlanTexts texts) throws IOException {
    Map<Path, String> wanted = new LinkedHashMap<>();
    texts.files().forEach((file, text) -> wanted.put(Path.of(file), text));
    List<DurableFile> prepared = new ArrayList<>();
    try {
      for (Map.Entry<Path, String> file : wanted.entrySet()) {
        if (!Files.exists(file.getKey())
            || !Arrays.equals(
                Files.readAllBytes(file.getKey()),
                file.getValue().getBytes(StandardCharsets.UTF_8))) {
          prepared.add(DurableFile.prepare(file.getKey(), DurableFile.text(file.getValue())));
        }
      }
      return prepared;
    } catch (IOException e) {
      for (DurableFile file : prepared) {
        file.discard();
      }
      throw e;
    }
  }

  private void removeOthers(PlanTexts texts) throws IOException {
    Map<String, String> wanted = texts.files();
    for (Document document : PlanDocuments.readAll(List.of(directory))) {
      if (!wanted.containsKey(document.name())) {
        DurableFile.remove(Path.of(document.name()));
      }
    }
  }

  private PlanCompiler compiler(Includes includes) {
    return new PlanCompiler(StandardOptions.CATALOGUE, includes, allocators.get());
  }

  /** An empty directory is an operator's mistake, not a wish to serve nobody. */
  private List<Document> ownDocuments() throws IOException {
    List<Document> documents =
        Files.isDirectory(directory) ? PlanDocuments.readAll(List.of(directory)) : List.of();
    if (documents.isEmpty()) {
      throw new IOException("there is no *.json document in " + directory + "; put a plan there");
    }
    return documents;
  }

  private static PlanCompilation refused(String place, IOException cause) {
    PlanReport.Finding finding = new PlanReport.Finding(true, place, cause.getMessage());
    return new PlanCompilation(Optional.empty(), new PlanReport(false, List.of(finding), ""));
  }
}
