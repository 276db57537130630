// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.rserpool.wire.PoolHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where PE identifiers come from, and how long they stay. */
final class StoredIdentifiersTest {
  private static final PoolHandle POOL = PoolHandle.of("dhcp6-core");

  @TempDir Path directory;

  private StoredIdentifiers open() {
    return new StoredIdentifiers(
        directory.resolve("leasehold/core.ids"), new SecureRandom(), Runnable::run);
  }

  @Test
  @DisplayName("P-034 identifiers of ten thousand starts are 32 random bits")
  void identifiersAreRandom() {
    Set<Long> seen = new HashSet<>();
    long ones = 0;
    for (int i = 0; i < 10_000; i++) {
      long identifier =
          new StoredIdentifiers(directory.resolve("none.ids"), new SecureRandom(), write -> {})
              .of(POOL);
      assertThat(identifier).isBetween(1L, 0xffff_ffffL);
      seen.add(identifier);
      ones += Long.bitCount(identifier);
    }

    // Of 10,000 out of 2^32 one pair in 86 runs is alike; three pairs are not met with.
    assertThat(seen).hasSizeGreaterThan(9_996);
    assertThat(ones / 10_000.0).isBetween(15.8, 16.2);
  }

  @Test
  @DisplayName("P-035 an identifier is the same after a restart")
  void anIdentifierOutlivesARestart() {
    long first = open().of(POOL);

    assertThat(open().of(POOL)).isEqualTo(first);
    assertThat(open().of(PoolHandle.of("other"))).isNotEqualTo(first);
  }

  @Test
  void anotherIdentifierIsStored() {
    StoredIdentifiers identifiers = open();
    long first = identifiers.of(POOL);

    long second = identifiers.renew(POOL);

    assertThat(second).isNotEqualTo(first);
    assertThat(open().of(POOL)).isEqualTo(second);
  }

  @Test
  void aFileThatNobodyCanReadIsReplaced() throws IOException {
    Path file = directory.resolve("leasehold/core.ids");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "not a line of ours\n");

    long identifier = open().of(POOL);

    assertThat(open().of(POOL)).isEqualTo(identifier);
  }

  private Path file(String text) throws IOException {
    Path file = directory.resolve("leasehold/core.ids");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "100000000"})
  void whatIsNoIdentifierIsReplaced(String stored) throws IOException {
    file(POOL.octets().toHex() + " " + stored + "\n");

    assertThat(open().of(POOL)).isBetween(1L, 0xffff_ffffL);
  }

  @Test
  @DisplayName("P-034 no identifier is 0, whatever chance says")
  void noIdentifierIsZero() {
    assertThat(new StoredIdentifiers(directory.resolve("none.ids"), () -> 0L, write -> {}).of(POOL))
        .isEqualTo(1);
  }

  @Test
  void ofAFileThatIsTooLongThereIsAnEnd() throws IOException {
    Path file =
        file(
            IntStream.range(0, 5000)
                .mapToObj(i -> "%08x %x%n".formatted(i, i + 1))
                .collect(Collectors.joining()));

    open().renew(POOL);

    assertThat(Files.readAllLines(file)).hasSize(1025);
  }

  @Test
  void aFileThatCannotBeWrittenStopsNothing() throws IOException {
    Files.writeString(directory.resolve("leasehold"), "a file where a directory is to be");

    assertThat(open().of(POOL)).isPositive();
  }
}
