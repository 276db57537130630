// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.plan.json.Document;
import io.leasehold.server.plan.json.Includes;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
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
        throw new IOException("is not in the copy of the plan");
      }
      return known;
    };
  }

  /** Every text by the name of its file. */
  Map<String, String> files() {
    Map<String, String> files = new LinkedHashMap<>();
    documents.forEach(document -> files.put(document.name(), document.text()));
    includes.values().forEach(document -> files.put(document.name(), document.text()));
    return files;
  }

  /** The same texts, one of them changed. */
  PlanTexts with(String file, String text) {
    PlanTexts changed =
        new PlanTexts(documents.stream().map(document -> with(document, file, text)).toList());
    includes.forEach(
        (request, document) -> changed.includes.put(request, with(document, file, text)));
    return changed;
  }

  private static Document with(Document document, String file, String text) {
    return document.name().equals(file) ? new Document(file, text) : document;
  }

  /** Writes all texts, compressed; the stream stays open. */
  void save(OutputStream to) throws IOException {
    GZIPOutputStream compressed = new GZIPOutputStream(to);
    DataOutputStream out = new DataOutputStream(new BufferedOutputStream(compressed));
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
    out.flush();
    compressed.finish();
  }

  /**
   * Reads what {@link #save} wrote.
   *
   * @throws IOException if it is damaged
   */
  static PlanTexts load(InputStream from) throws IOException {
    DataInputStream in = new DataInputStream(new GZIPInputStream(from));
    List<Document> documents = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      documents.add(readDocument(in));
    }
    PlanTexts texts = new PlanTexts(documents);
    for (int left = in.readInt(); left > 0; left--) {
      texts.includes.put(new Request(readText(in), readText(in)), readDocument(in));
    }
    if (in.read() >= 0) {
      throw new IOException("something follows the copy of the plan");
    }
    return texts;
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
      throw new IOException("the copy of the plan is cut short");
    }
    return new String(octets, StandardCharsets.UTF_8);
  }
}
