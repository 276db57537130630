// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a pool user. */
final class ViewFileTest {
  @TempDir Path directory;

  private final List<Runnable> later = new ArrayList<>();

  private ViewFile file() {
    return new ViewFile(path(), later::add);
  }

  private Path path() {
    return directory.resolve("leasehold/pool-user.views");
  }

  @Test
  void documentsComeBack() {
    ViewFile file = file();
    assertThat(file.read()).isEqualTo(Bytes.EMPTY);

    file.save(Bytes.of(1, 2));
    assertThat(path()).doesNotExist();
    later.get(0).run();
    assertThat(file().read()).isEqualTo(Bytes.of(1, 2));
  }

  @Test
  void ofManyDocumentsTheLastIsWrittenOnce() {
    ViewFile file = file();
    for (int i = 0; i < 100; i++) {
      file.save(Bytes.of(i));
    }

    assertThat(later).hasSize(1);
    later.get(0).run();
    assertThat(file().read()).isEqualTo(Bytes.of(99));
    file.save(Bytes.of(7));
    assertThat(later).hasSize(2);
  }

  @Test
  void whatIsNotWrittenYetIsWrittenAtTheEnd() {
    ViewFile file = file();
    file.save(Bytes.of(5));
    file.flush();

    assertThat(file().read()).isEqualTo(Bytes.of(5));
  }

  @Test
  void onlyTheOwnerMayRead() throws IOException {
    ViewFile file = file();
    file.save(Bytes.of(5));
    file.flush();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatWasLeftHalfWrittenIsNoHindrance() throws IOException {
    Files.createDirectories(path().getParent());
    Files.writeString(path().resolveSibling("pool-user.views.new"), "half");
    ViewFile file = file();
    file.save(Bytes.of(5));
    file.flush();

    assertThat(file().read()).isEqualTo(Bytes.of(5));
    assertThat(file.failure()).isEmpty();
  }

  @Test
  void whatCannotBeWrittenIsSaidUntilItCan() throws IOException {
    Files.writeString(directory.resolve("leasehold"), "in the way");
    ViewFile file = file();
    file.save(Bytes.of(5));
    file.flush();
    assertThat(file.failure()).contains("pool-user.views").contains("cannot be written");

    Files.delete(directory.resolve("leasehold"));
    file.save(Bytes.of(6));
    file.flush();
    assertThat(file.failure()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsSaid() throws IOException {
    Files.createDirectories(path());
    ViewFile file = file();

    assertThat(file.read()).isEqualTo(Bytes.EMPTY);
    assertThat(file.failure()).contains("pool-user.views").contains("cannot be read");
  }

  @Test
  void fileThatIsTooLargeIsNotRead() throws IOException {
    Files.createDirectories(path().getParent());
    try (RandomAccessFile sparse = new RandomAccessFile(path().toFile(), "rw")) {
      sparse.setLength(64L * 1024 * 1024);
    }
    ViewFile file = file();

    assertThat(file.read()).isEqualTo(Bytes.EMPTY);
    assertThat(file.failure()).contains("larger");
  }
}
