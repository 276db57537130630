// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ObjectKindTest {
  @ParameterizedTest
  @EnumSource
  void everyKeyIsDocumented(ObjectKind kind) throws IOException {
    String guide =
        Files.readString(Path.of("").toAbsolutePath().resolve("../../docs/configure.md"));

    for (Dialect dialect : Dialect.values()) {
      assertThat(kind.keys(dialect).all())
          .allSatisfy(key -> assertThat(guide).contains("`" + key + "`"));
    }
  }
}
