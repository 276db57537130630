// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.audit;

import io.leasehold.net.Bytes;
import io.leasehold.security.core.credential.Digests;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of JSON lines, each with the digest of the one before it, so that a line that is changed
 * or taken out is seen. When it is long enough it becomes {@code audit.log.1}, that one {@code
 * audit.log.2}, and the oldest is deleted; the chain goes on across files. Used by one thread.
 */
public final class AuditTrail {
  private static final long MAX_OCTETS = 8L << 20;
  private static final int OLD_FILES = 4;
  private static final int LONGEST_LINE = 8192;
  private static final Pattern NUMBER = Pattern.compile("^\\{\"n\":(\\d+),");
  private static final Pattern BEFORE = Pattern.compile(",\"prev\":\"([0-9a-f]*)\"}$");

  private final Path file;
  private final long maxOctets;
  private long number;
  private String before = "";
  private boolean begun;
  private volatile String trouble = "";

  /** Goes on with what is in the file. */
  public AuditTrail(Path file) {
    this(file, MAX_OCTETS);
  }

  AuditTrail(Path file, long maxOctets) {
    this.file = file;
    this.maxOctets = maxOctets;
  }

  /** Appends lines. What cannot be written is told as an alarm and lost. */
  void append(List<AuditRecord> records) {
    try {
      begin();
      StringBuilder lines = new StringBuilder();
      for (AuditRecord each : records) {
        String line = each.json(++number, before);
        before = digest(line);
        lines.append(line).append('\n');
      }
      write(lines.toString());
      trouble = "";
    } catch (IOException e) {
      begun = false;
      trouble = "the audit trail " + file + " cannot be written: " + e;
    }
  }

  private void begin() throws IOException {
    if (begun) {
      return;
    }
    String last = lastLine(file).or(() -> lastLineOf(old(1))).orElse("");
    Matcher matcher = NUMBER.matcher(last);
    number = matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    before = last.isEmpty() ? "" : digest(last);
    begun = true;
  }

  private void write(String lines) throws IOException {
    if (Files.exists(file) && Files.size(file) + lines.length() > maxOctets) {
      for (int i = OLD_FILES; i > 0; i--) {
        Path from = i == 1 ? file : old(i - 1);
        if (Files.exists(from)) {
          Files.move(from, old(i), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer rest = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(false);
    }
  }

  private Path old(int age) {
    return file.resolveSibling(file.getFileName() + "." + age);
  }

  private static Optional<String> lastLineOf(Path file) {
    try {
      return lastLine(file);
    } catch (IOException e) {
      return Optional.empty(); // the chain begins anew, and verification says so
    }
  }

  /** The last line that is whole; empty if there is none. */
  private static Optional<String> lastLine(Path file) throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] tail = new byte[(int) Math.min(in.length(), LONGEST_LINE)];
      in.seek(in.length() - tail.length);
      in.readFully(tail);
      String text = new String(tail, StandardCharsets.UTF_8);
      int end = text.lastIndexOf('\n');
      int start = end <= 0 ? -1 : text.lastIndexOf('\n', end - 1);
      return end <= 0 ? Optional.empty() : Optional.of(text.substring(start + 1, end));
    }
  }

  /**
   * Looks whether each line of a file follows from the one before it.
   *
   * @return what is wrong; empty if nothing is
   */
  static Optional<String> broken(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    for (int i = 1; i < lines.size(); i++) {
      Matcher matcher = BEFORE.matcher(lines.get(i));
      if (!matcher.find() || !matcher.group(1).equals(digest(lines.get(i - 1)))) {
        return Optional.of(
            "%s: line %d does not follow from line %d; one of them was changed, or lines were removed"
                .formatted(file, i + 1, i));
      }
    }
    return Optional.empty();
  }

  private static String digest(String line) {
    return Digests.plain(Bytes.ofUtf8(line).toArray()).toHex();
  }

  List<String> alarms() {
    return trouble.isEmpty() ? List.of() : List.of(trouble);
  }
}
