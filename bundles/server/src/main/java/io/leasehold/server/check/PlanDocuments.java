// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.check;

import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Plan documents in files. All methods block on the file system, and any thread may call them. */
public final class PlanDocuments {
  /** More is no document written for a server. */
  private static final long MOST_OCTETS = 200_000_000;

  /** Included documents; a name is relative to the document that asks. */
  public static final Includes INCLUDES =
      (from, name) -> read(Path.of(from).toAbsolutePath().resolveSibling(name).normalize());

  private PlanDocuments() {}

  /**
   * Reads files; a directory stands for its {@code *.json} in the order of their names.
   *
   * @throws IOException if one cannot be read; its message is a sentence
   */
  public static List<Document> readAll(List<Path> paths) throws IOException {
    List<Document> documents = new ArrayList<>();
    for (Path path : paths) {
      for (Path file : Files.isDirectory(path) ? documentsIn(path) : List.of(path)) {
        try {
          documents.add(read(file));
        } catch (IOException e) {
          throw new IOException(file + " " + e.getMessage(), e);
        }
      }
    }
    return documents;
  }

  private static List<Path> documentsIn(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    } catch (AccessDeniedException e) {
      throw new IOException(directory + " may not be read", e);
    }
  }

  /** The message of the exception follows the name of the file in a sentence. */
  private static Document read(Path file) throws IOException {
    try {
      if (Files.isRegularFile(file) && Files.size(file) > MOST_OCTETS) {
        throw new IOException("has more than " + MOST_OCTETS + " octets");
      }
      return new Document(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new IOException("does not exist", e);
    } catch (AccessDeniedException e) {
      throw new IOException("may not be read", e);
    } catch (CharacterCodingException e) {
      throw new IOException("is not UTF-8 text", e);
    }
  }
}
