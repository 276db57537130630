// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogKeyTest {
  @TempDir Path directory;

  @Test
  void itIsMadeOnceAndReadableForTheServerAlone() throws IOException {
    Path data = directory.resolve("data");
    Bytes made = LogKey.in(data);

    assertThat(made.length()).isEqualTo(32);
    assertThat(LogKey.in(data)).isEqualTo(made);
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("log.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void oneThatIsCutOffIsMadeAnew() throws IOException {
    Files.writeString(directory.resolve("log.key"), "short");

    assertThat(LogKey.in(directory).length()).isEqualTo(32);
    assertThat(LogKey.in(directory)).isEqualTo(LogKey.in(directory));
  }

  @Test
  void withoutADirectoryThereIsOneForTheTimeBeing() throws IOException {
    Path file = Files.createFile(directory.resolve("data"));

    assertThat(LogKey.in(file)).isNotEqualTo(LogKey.in(file));
  }
}
