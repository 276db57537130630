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
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The texts a plan was made of: its documents, and every include with who asked for it. */
final class PlanTexts {
  /** No text. */
  static final PlanTexts EMPTY = new PlanTexts(List.of());

  private static final int CHUNK = 8_192;

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

  /** Whether these are still the documents, and what they include is still the same. */
  boolean areStill(List<Document> now, Includes source) {
    if (!documents.equals(now)) {
      return false;
    }
    try {
      for (Map.Entry<Request, Document> include : includes.entrySet()) {
        Request request = include.getKey();
        if (!source.fetch(request.from(), request.name()).equals(include.getValue())) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
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

  /** Compresses quickly: that is done while clients are served. */
  private static final class QuickGzip extends GZIPOutputStream {
    QuickGzip(OutputStream to) throws IOException {
      super(to, CHUNK);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }

  /** Writes all texts, compressed; the stream stays open. */
  void save(OutputStream to) throws IOException {
    GZIPOutputStream compressed = new QuickGzip(to);
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
    int octets = 0;
    for (int from = 0; from < text.length(); from = chunkEnd(text, from)) {
      octets += chunk(text, from).length;
    }
    out.writeInt(octets);
    for (int from = 0; from < text.length(); from = chunkEnd(text, from)) {
      out.write(chunk(text, from));
    }
  }

  /** A text of many megabytes is not copied as a whole. */
  private static byte[] chunk(String text, int from) {
    return text.substring(from, chunkEnd(text, from)).getBytes(StandardCharsets.UTF_8);
  }

  private static int chunkEnd(String text, int from) {
    int end = Math.min(text.length(), from + CHUNK);
    return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end + 1 : end;
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
