// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import io.leasehold.store.journal.Disk;
import io.leasehold.store.journal.Medium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A directory of the file system, with mode 0700, locked by a file in it that names the process.
 */
public final class FileMedium implements Medium {
  static final FileAttribute<Set<PosixFilePermission>> OWNER_FILE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<PosixFilePermission> OWNER_DIRECTORY =
      PosixFilePermissions.fromString("rwx------");
  private static final String LOCK = "lock";
  private static final int LONGEST_PID = 20;

  /**
   * Directories that this process has. Needed because the system's lock belongs to the process, not
   * to whoever took it, and is lost as soon as the process closes the lock file anywhere.
   */
  private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

  private final Path directory;

  /** Nothing is touched before {@link #open}. */
  public FileMedium(Path directory) {
    this.directory = directory;
  }

  @Override
  public String place() {
    return directory.toString();
  }

  @Override
  public Disk open() throws IOException {
    if (Files.isDirectory(directory)) {
      tighten();
    } else {
      Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OWNER_DIRECTORY));
    }
    Path real = directory.toRealPath();
    if (!OURS.add(real)) {
      throw new IOException(
          "in use by process " + ProcessHandle.current().pid() + ", which is this one");
    }
    try {
      return new FileDisk(real, lock(real), () -> OURS.remove(real));
    } catch (IOException | RuntimeException e) {
      OURS.remove(real);
      throw e;
    }
  }

  /**
   * A directory that an operator made keeps its mode if it is not ours to change; the files are
   * private anyway.
   */
  private void tighten() throws IOException {
    Set<PosixFilePermission> now =
        Files.getPosixFilePermissions(directory, LinkOption.NOFOLLOW_LINKS);
    boolean ours = Files.getOwner(directory).getName().equals(System.getProperty("user.name"));
    if (ours && !OWNER_DIRECTORY.containsAll(now)) {
      Files.setPosixFilePermissions(directory, OWNER_DIRECTORY);
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK),
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE),
            OWNER_FILE);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        ByteBuffer pid = ByteBuffer.allocate(LONGEST_PID);
        channel.read(pid, 0);
        String holder =
            new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).strip();
        throw new IOException("in use by process " + (holder.isEmpty() ? "unknown" : holder));
      }
      channel.truncate(0);
      channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }
}
