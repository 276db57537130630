// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void valuesOfEveryKind() {
    assertThat(Json.of(Arrays.asList(1, 2L, true, "x", null, Optional.of("y"), Optional.empty())))
        .isEqualTo("[1,2,true,\"x\",null,\"y\",null]");
    assertThat(Json.of(Map.of("a", List.of(Map.of())))).isEqualTo("{\"a\":[{}]}");
    assertThat(Json.of(List.of())).isEqualTo("[]");
  }

  @Test
  void whatJsonDoesNotAllowIsEscaped() {
    assertThat(Json.of("q\" b\\ \n\r\t \u0001 \u007f \u00fc \ud83d\ude00"))
        .isEqualTo("\"q\\\" b\\\\ \\n\\r\\t \\u0001 \\u007f \u00fc \\ud83d\\ude00\"");
  }
}
