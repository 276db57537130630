// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import static io.leasehold.server.plan.json.Compiling.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.server.plan.PingCheck;
import org.junit.jupiter.api.Test;

/** What a plan says where Kea loads libdhcp_ping_check.so. */
class PingCheckPlanTest {
  private static PingCheck read(String libraries) {
    String text = "{ \"Dhcp4\": { \"hooks-libraries\": [ %s ] } }".formatted(libraries);
    return plan(text).v4().settings().pingCheck();
  }

  @Test
  void itIsOffUntilTheLibraryIsNamed() {
    assertThat(read("")).isEqualTo(PingCheck.OFF);
    assertThat(read("{ \"library\": \"libdhcp_ping_check.so\" }"))
        .isEqualTo(new PingCheck(true, 1, 100, 60));
  }

  @Test
  void parametersAreThoseOfKea() {
    assertThat(
            read(
                """
                { "library": "/usr/lib/kea/hooks/libdhcp_ping_check.so", "parameters": {
                  "enable-ping-check": true, "min-ping-requests": 3, "reply-timeout": 250,
                  "ping-cltt-secs": 30 } }
                """))
        .isEqualTo(new PingCheck(true, 3, 250, 30));
    assertThat(
            read("""
                    { "library": "libdhcp_ping_check.so", "parameters": { "enable-ping-check": false } }
                    """)
                .enabled())
        .isFalse();
  }
}
