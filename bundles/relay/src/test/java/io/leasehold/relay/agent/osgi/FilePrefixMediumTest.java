// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilePrefixMediumTest {
  @TempDir Path directory;

  @Test
  void octetsComeBack() throws IOException {
    FilePrefixMedium medium = medium();
    assertThat(medium.read()).isEqualTo(Bytes.EMPTY);
    medium.replace(Bytes.of(1, 2));
    medium.append(Bytes.of(3));
    medium.append(Bytes.of(4));
    assertThat(medium().read()).isEqualTo(Bytes.of(1, 2, 3, 4));
    medium.replace(Bytes.of(5));
    medium.append(Bytes.of(6));
    assertThat(medium().read()).isEqualTo(Bytes.of(5, 6));
  }

  @Test
  void onlyTheOwnerMayRead() throws IOException {
    medium().replace(Bytes.of(1));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void whatWasLeftHalfWrittenIsNoHindrance() throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file().resolveSibling("campus.prefixes.new"), "half");
    medium().replace(Bytes.of(7));
    assertThat(medium().read()).isEqualTo(Bytes.of(7));
    assertThat(file().getParent()).isDirectoryContaining(each -> each.equals(file()));
  }

  @Test
  void fileThatSomebodyRemovedIsNotAppendedTo() throws IOException {
    FilePrefixMedium medium = medium();
    medium.replace(Bytes.of(1));
    Files.delete(file());
    assertThatThrownBy(() -> medium.append(Bytes.of(2))).isInstanceOf(NoSuchFileException.class);
  }

  private FilePrefixMedium medium() {
    return new FilePrefixMedium(file());
  }

  private Path file() {
    return directory.resolve("relay/campus.prefixes");
  }
}
