// SPDX-License-Identifier: Apache-2.0
package io.leasehold.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InstanceNameTest {
  private static String of(String key, String value) {
    Map<String, String> properties = new HashMap<>(Map.of("service.pid", "x~y"));
    properties.put(key, value);
    return InstanceName.of("io.leasehold.relay", properties);
  }

  @Test
  void anInstanceHasTheNameOfItsFile() {
    assertThat(of("felix.fileinstall.filename", "file:/etc/io.leasehold.relay-hq-2.cfg"))
        .isEqualTo("hq-2");
  }

  @Test
  void withoutAFileItHasTheNameOfItsConfiguration() {
    assertThat(of("service.pid", "io.leasehold.relay~hq")).isEqualTo("hq");
    assertThat(of("felix.fileinstall.filename", "file:/etc/other.cfg")).isEqualTo("y");
  }

  @Test
  void aNameThatIsGivenComesFirst() {
    assertThat(of("leasehold.name", "west")).isEqualTo("west");
  }
}
