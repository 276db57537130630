// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.registry.StandardOptions;
import io.leasehold.server.PlanReport;
import io.leasehold.server.check.PlanDocuments;
import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import io.leasehold.server.plan.json.PlanCompilation;
import io.leasehold.server.plan.json.PlanCompiler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan's documents on disk, and a copy of the last ones that were good. Used by the control
 * thread, {@link #check} by any.
 */
final class PlanFiles {
  private static final Logger LOG = LoggerFactory.getLogger(PlanFiles.class);

  private final Path directory;
  private final Path lastGood;
  private final Supplier<Collection<String>> allocators;
  private PlanTexts lastRead = PlanTexts.EMPTY;

  /**
   * Names the places; reads nothing.
   *
   * @param directory directory of the documents
   * @param lastGood file for the copy
   * @param allocators asked on any thread for the words that an allocator may be
   */
  PlanFiles(Path directory, Path lastGood, Supplier<Collection<String>> allocators) {
    this.directory = directory;
    this.lastGood = lastGood;
    this.allocators = allocators;
  }

  Path directory() {
    return directory;
  }

  /** Compiles what is in the directory. */
  PlanCompilation compile(Collection<OptionDefinition> definitions) {
    try {
      PlanTexts texts = new PlanTexts(ownDocuments());
      PlanCompilation compilation =
          compiler(texts.recording(PlanDocuments.INCLUDES)).compile(texts.documents(), definitions);
      lastRead = texts;
      return compilation;
    } catch (IOException e) {
      return refused(directory.toString(), e);
    }
  }

  /** Reads documents without using them; none means those of the directory. */
  PlanReport check(List<Path> documents, Collection<OptionDefinition> definitions) {
    try {
      List<Document> read = documents.isEmpty() ? ownDocuments() : PlanDocuments.readAll(documents);
      return compiler(PlanDocuments.INCLUDES).compile(read, definitions).report();
    } catch (IOException e) {
      return refused("plan", e).report();
    }
  }

  /** Keeps a copy of what was compiled last, includes and all, so that the next start has it. */
  void keepAsLastGood() {
    try {
      lastRead.save(lastGood);
    } catch (IOException e) {
      LOG.error("the last good plan cannot be kept in {}: {}", lastGood, e.toString());
    }
  }

  /** Compiles the copy. */
  PlanCompilation compileLastGood(Collection<OptionDefinition> definitions) {
    try {
      PlanTexts texts = PlanTexts.load(lastGood);
      return compiler(texts.replaying()).compile(texts.documents(), definitions);
    } catch (IOException e) {
      return refused(lastGood.toString(), e);
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
