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

  private static final Reading NOTHING = refused("plan", new IOException("nothing was read yet"));

  private final Path directory;
  private final PlanArchive archive;
  private final Path unfinished;
  private final Path formerCopy;
  private final Supplier<Collection<String>> allocators;
  private volatile Reading served = NOTHING;

  /** Number of the documents in force, if they were kept since the start; else 0. */
  private long keptAs;

  /**
   * Documents and what they make.
   *
   * @param texts as they were read; none if they could not be
   * @param definitions options of bundles
   * @param allocators words that an allocator may be
   */
  record Reading(
      PlanTexts texts,
      PlanCompilation compilation,
      List<OptionDefinition> definitions,
      List<String> allocators) {
    /** Whether the same documents would make the same plan with these. */
    boolean isCompiledWith(Collection<OptionDefinition> others, Collection<String> words) {
      return definitions.equals(List.copyOf(others)) && allocators.equals(List.copyOf(words));
    }

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
    return served.texts();
  }

  /**
   * Reads what is in the directory, and compiles it unless it is what is in force: then that is
   * returned.
   */
  Reading readChanges(Collection<OptionDefinition> definitions) {
    return read(definitions, served);
  }

  /** Reads what is in the directory. */
  Reading read(Collection<OptionDefinition> definitions) {
    return read(definitions, NOTHING);
  }

  private Reading read(Collection<OptionDefinition> definitions, Reading known) {
    try {
      List<Document> documents = ownDocuments();
      if (known.plan().isPresent()
          && known.isCompiledWith(definitions, allocators.get())
          && known.texts().areStill(documents, PlanDocuments.INCLUDES)) {
        return known;
      }
      PlanTexts texts = new PlanTexts(documents);
      return read(texts, texts.recording(PlanDocuments.INCLUDES), definitions);
    } catch (IOException e) {
      return refused(directory.toString(), e);
    }
  }

  /** Compiles documents that were read before. */
  Reading read(PlanTexts texts, Collection<OptionDefinition> definitions) {
    return read(texts, texts.replaying(), definitions);
  }

  private Reading read(
      PlanTexts texts, Includes includes, Collection<OptionDefinition> definitions) {
    List<String> words = List.copyOf(allocators.get());
    PlanCompilation compilation =
        new PlanCompiler(StandardOptions.CATALOGUE, includes, words)
            .compile(texts.documents(), definitions, served.plan().orElse(null));
    return new Reading(texts, compilation, List.copyOf(definitions), words);
  }

  /** Reads documents without using them; none means those of the directory. */
  PlanReport check(List<Path> documents, Collection<OptionDefinition> definitions) {
    if (documents.isEmpty()) {
      return read(definitions).report();
    }
    try {
      List<Document> read = PlanDocuments.readAll(documents);
      return read(new PlanTexts(read), PlanDocuments.INCLUDES, definitions).report();
    } catch (IOException e) {
      return refused("plan", e).report();
    }
  }

  /** Documents that were kept are in force now. */
  void use(Reading kept) {
    served = kept;
    keptAs = 0;
  }

  /** Documents are in force now; what is new of them is kept, so that the next start has it. */
  void use(Reading reading, Instant now, String remark) {
    PlanTexts before = inForce();
    served = reading;
    try {
      keptAs = isKept(reading, before) ? keptAs : keep(reading, now, remark);
      Files.deleteIfExists(formerCopy);
    } catch (IOException e) {
      LOG.error("the plan in force cannot be kept for the next start: {}", e.toString());
    }
  }

  /** Whether it is what was kept last; {@code before} is what was in force until now. */
  private boolean isKept(Reading reading, PlanTexts before) throws IOException {
    List<PlanVersion> kept = archive.versions();
    if (kept.isEmpty() || !kept.get(0).digest().equals(reading.digest())) {
      return false;
    }
    long latest = kept.get(0).number();
    PlanTexts texts = latest == keptAs ? before : archive.texts(latest);
    return texts.files().equals(reading.texts().files());
  }

  /** Keeps documents, whether they make a plan or not; returns their number. */
  long keep(Reading reading, Instant now, String remark) throws IOException {
    return archive.keep(
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
      return refused("plan", e);
    }
    return last == null ? refused("plan", new IOException("none was kept")) : last;
  }

  /** Reads documents that were kept; damaged ones are refused. */
  Reading readKept(long number, Collection<OptionDefinition> definitions) {
    try {
      return read(archive.texts(number), definitions);
    } catch (IOException e) {
      return refused("plan " + number, new IOException("cannot be read: " + e.getMessage(), e));
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

  /** An empty directory is an operator's mistake, not a wish to serve nobody. */
  private List<Document> ownDocuments() throws IOException {
    List<Document> documents =
        Files.isDirectory(directory) ? PlanDocuments.readAll(List.of(directory)) : List.of();
    if (documents.isEmpty()) {
      throw new IOException("there is no *.json document in " + directory + "; put a plan there");
    }
    return documents;
  }

  private static Reading refused(String place, IOException cause) {
    PlanReport.Finding finding = new PlanReport.Finding(true, place, cause.getMessage());
    PlanReport report = new PlanReport(false, List.of(finding), "");
    return new Reading(
        PlanTexts.EMPTY, new PlanCompilation(Optional.empty(), report), List.of(), List.of());
  }
}
