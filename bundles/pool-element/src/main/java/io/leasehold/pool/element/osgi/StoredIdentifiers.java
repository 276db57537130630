// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import io.leasehold.pool.element.Identifiers;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PE identifiers in a file, so that a server that starts again takes the place of what it was
 * before. A file that cannot be read or written costs no more than an entry that ends by itself.
 * Any thread.
 */
final class StoredIdentifiers implements Identifiers {
  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.pool.element");
  private static final int MOST_LINES = 1024;

  private final Path file;
  private final RandomGenerator random;
  private final Executor later;
  private final Map<String, Long> known = new TreeMap<>();
  private final Object writing = new Object();

  /**
   * Reads the file.
   *
   * @param random of good quality (RFC 5352 section 3.1 R2.2)
   * @param later where the file is written
   */
  StoredIdentifiers(Path file, RandomGenerator random, Executor later) {
    this.file = file;
    this.random = random;
    this.later = later;
    try (var lines = Files.lines(file)) {
      lines.limit(MOST_LINES).forEach(this::read);
    } catch (NoSuchFileException e) {
      LOG.debug("no identifiers are stored yet in {}", file);
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} cannot be read, new identifiers are made: {}", file, e.toString());
    }
  }

  private void read(String line) {
    int space = line.indexOf(' ');
    known.put(line.substring(0, space), Long.parseLong(line.substring(space + 1), 16));
  }

  @Override
  public synchronized long of(PoolHandle pool) {
    Long identifier = known.get(name(pool));
    return identifier == null || identifier <= 0 || identifier > Unsigned.MAX_U32
        ? renew(pool)
        : identifier;
  }

  @Override
  public synchronized long renew(PoolHandle pool) {
    long identifier = 1 + random.nextLong(Unsigned.MAX_U32);
    known.put(name(pool), identifier);
    later.execute(this::write);
    return identifier;
  }

  private static String name(PoolHandle pool) {
    return pool.octets().toHex();
  }

  private synchronized String text() {
    return known.entrySet().stream()
        .map(each -> each.getKey() + " " + Long.toHexString(each.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private void write() {
    synchronized (writing) {
      try {
        Files.createDirectories(file.getParent());
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(next, text());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        LOG.warn("{} cannot be written: {}", file, e.toString());
      }
    }
  }
}
