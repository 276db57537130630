// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.server.PlanVersion;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documents of plans that were, a file for each, and only so many. A file has what {@link
 * PlanVersion} says in front, then the documents. Methods block and may be called from any thread.
 */
final class PlanArchive {
  private static final Logger LOG = LoggerFactory.getLogger(PlanArchive.class);

  /** First octets of each file, the last of them the version of the form: "LHPLAN", 1. */
  private static final long FIRST = 0x4c48_504c_414e_0001L;

  private static final String SUFFIX = ".plan";

  private final Path directory;
  private final int most;

  /**
   * Names the place; reads nothing.
   *
   * @param directory is made when something is kept
   * @param most so many are kept
   */
  PlanArchive(Path directory, int most) {
    this.directory = directory;
    this.most = most;
  }

  /** Keeps documents under the next number, and forgets the oldest beyond the bound. */
  synchronized long keep(PlanTexts texts, PlanVersion about) throws IOException {
    List<Long> numbers = numbers();
    long number = numbers.isEmpty() ? 1 : numbers.get(0) + 1;
    DurableFile.replace(
        file(number),
        out -> {
          DataOutputStream data = new DataOutputStream(out);
          data.writeLong(FIRST);
          data.writeLong(about.time().getEpochSecond());
          data.writeUTF(about.digest());
          data.writeUTF(about.summary());
          data.writeUTF(about.remark());
          data.flush();
          texts.save(out);
        });
    for (int i = most - 1; i < numbers.size(); i++) {
      Files.deleteIfExists(file(numbers.get(i)));
    }
    return number;
  }

  /** All, the latest first; one that cannot be read is passed over. None is in force. */
  List<PlanVersion> versions() throws IOException {
    List<PlanVersion> versions = new ArrayList<>();
    for (long number : numbers()) {
      try (DataInputStream in = open(number)) {
        versions.add(about(number, in));
      } catch (IOException e) {
        LOG.warn("{} is passed over: {}", file(number), e.toString());
      }
    }
    return versions;
  }

  /**
   * The documents of a version.
   *
   * @throws IllegalArgumentException if there is none of this number
   * @throws IOException if it is damaged
   */
  PlanTexts texts(long number) throws IOException {
    if (!Files.exists(file(number))) {
      throw new IllegalArgumentException(
          "no plan " + number + " is kept; dhcp:plan-history shows those that are");
    }
    try (DataInputStream in = open(number)) {
      about(number, in);
      return PlanTexts.load(in);
    }
  }

  private DataInputStream open(long number) throws IOException {
    InputStream raw = Files.newInputStream(file(number));
    return new DataInputStream(new BufferedInputStream(raw));
  }

  private static PlanVersion about(long number, DataInputStream in) throws IOException {
    if (in.readLong() != FIRST) {
      throw new IOException("it does not begin as a kept plan does");
    }
    Instant time = Instant.ofEpochSecond(in.readLong());
    return new PlanVersion(number, time, in.readUTF(), in.readUTF(), in.readUTF(), false);
  }

  private Path file(long number) {
    return directory.resolve("%08d%s".formatted(number, SUFFIX));
  }

  /** The latest first. */
  private List<Long> numbers() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{8,18}\\" + SUFFIX))
          .map(name -> Long.parseLong(name.substring(0, name.length() - SUFFIX.length())))
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }
}
