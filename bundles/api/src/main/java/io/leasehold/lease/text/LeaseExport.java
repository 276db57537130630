// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease.text;

import io.leasehold.lease.Lease;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Snapshot;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * Writes a store as text.
 *
 * @param leases how many leases were written
 * @param notes how many notes were written
 */
public record LeaseExport(long leases, long notes) {
  /** First line of every export; the number is the version of the form. */
  static final String FIRST = "leasehold-leases 1";

  /** First word of the last line: how many leases and notes there are. */
  static final String LAST = "end";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final int FLUSH_CHARACTERS = 1 << 16;

  /**
   * Writes everything of a snapshot in the form of {@link LeaseLine}. Blocks; the writer is not
   * closed.
   *
   * @throws IOException if reading or writing fails
   */
  public static LeaseExport write(Snapshot from, Writer to) throws IOException {
    StringBuilder lines = new StringBuilder(FLUSH_CHARACTERS + (1 << 10));
    lines.append(FIRST).append("\n# ").append(from.position().store());
    lines.append(" up to batch ").append(from.position().sequence()).append('\n');
    long leases = 0;
    long notes = 0;
    for (Optional<Lease> next = from.nextLease(); next.isPresent(); next = from.nextLease()) {
      LeaseLine.write(next.get(), lines);
      leases++;
      endLine(lines, to);
    }
    for (Optional<NoteChange> next = from.nextNote(); next.isPresent(); next = from.nextNote()) {
      LeaseLine.write(next.get(), lines);
      notes++;
      endLine(lines, to);
    }
    lines.append(LAST).append(' ').append(leases).append(' ').append(notes).append('\n');
    to.append(lines);
    return new LeaseExport(leases, notes);
  }

  /**
   * Writes everything of a snapshot to a file that only its owner can read, in place of one of that
   * name once it is complete. Blocks.
   *
   * @throws IOException if reading or writing fails
   */
  public static LeaseExport writeFile(Snapshot from, Path file) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.deleteIfExists(unfinished);
      Files.createFile(unfinished, OWNER);
      LeaseExport export;
      try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE);
          Writer out = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
        export = write(from, out);
        out.flush();
        channel.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
      return export;
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  private static void endLine(StringBuilder lines, Writer to) throws IOException {
    lines.append('\n');
    if (lines.length() >= FLUSH_CHARACTERS) {
      to.append(lines);
      lines.setLength(0);
    }
  }
}
