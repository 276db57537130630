// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The texts a plan was made of: its documents, and every include with who asked for it. */
final class PlanTexts {
  /** No text. */
  static final PlanTexts EMPTY = new PlanTexts(List.of());

  private record Request(String from, String name) {}

  private final List<Document> documents;
  private final Map<Request, Document> includes = new LinkedHashMap<>();

  PlanTexts(List<Document> documents) {
    this.documents = List.copyOf(documents);
  }

  List<Document> documents() {
    return documents;
  }

  /** Fetches from another source and remembers what it gave. */
  Includes recording(Includes source) {
    return (from, name) -> {
      Document fetched = source.fetch(from, name);
      includes.put(new Request(from, name), fetched);
      return fetched;
    };
  }

  /** Fetches what is remembered. */
  Includes replaying() {
    return (from, name) -> {
      Document known = includes.get(new Request(from, name));
      if (known == null) {
        throw new IOException("is not in the copy of the last good plan");
      }
      return known;
    };
  }

  /** Writes all texts to a file, which is replaced whole and durably. */
  void save(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (DataOutputStream out =
        new DataOutputStream(new GZIPOutputStream(Files.newOutputStream(fresh)))) {
      out.writeInt(documents.size());
      for (Document document : documents) {
        write(document, out);
      }
      out.writeInt(includes.size());
      for (Map.Entry<Request, Document> include : includes.entrySet()) {
        write(include.getKey().from(), out);
        write(include.getKey().name(), out);
        write(include.getValue(), out);
      }
    }
    try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException if there is no such file or it is damaged
   */
  static PlanTexts load(Path file) throws IOException {
    try (InputStream raw = Files.newInputStream(file);
        DataInputStream in = new DataInputStream(new GZIPInputStream(raw))) {
      List<Document> documents = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        documents.add(readDocument(in));
      }
      PlanTexts texts = new PlanTexts(documents);
      for (int left = in.readInt(); left > 0; left--) {
        texts.includes.put(new Request(readText(in), readText(in)), readDocument(in));
      }
      return texts;
    }
  }

  private static void write(Document document, DataOutputStream out) throws IOException {
    write(document.name(), out);
    write(document.text(), out);
  }

  private static void write(String text, DataOutputStream out) throws IOException {
    byte[] octets = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(octets.length);
    out.write(octets);
  }

  private static Document readDocument(DataInputStream in) throws IOException {
    return new Document(readText(in), readText(in));
  }

  private static String readText(DataInputStream in) throws IOException {
    int length = in.readInt();
    byte[] octets = in.readNBytes(Math.max(length, 0));
    if (octets.length != length) {
      throw new IOException("the copy of the last good plan is cut short");
    }
    return new String(octets, StandardCharsets.UTF_8);
  }
}
