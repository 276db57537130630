// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.store.journal.JournalSettings;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigCheckTest {
  private static JournalConfig config(Map<String, Object> values) {
    return (JournalConfig)
        Proxy.newProxyInstance(
            JournalConfig.class.getClassLoader(),
            new Class<?>[] {JournalConfig.class},
            (proxy, method, arguments) -> {
              Object value = values.getOrDefault(method.getName(), method.getDefaultValue());
              if (value instanceof RuntimeException e) {
                throw e;
              }
              return value;
            });
  }

  @Test
  void nothingSaidMeansTheDefaults() {
    ConfigCheck check = ConfigCheck.of(config(Map.of()));
    assertThat(check.problems()).isEmpty();
    assertThat(check.settings()).isEqualTo(JournalSettings.DEFAULT);
  }

  @Test
  void valuesAreTakenOver() {
    ConfigCheck check =
        ConfigCheck.of(
            config(
                Map.of(
                    "sync", "Interval",
                    "sync_interval_millis", 7,
                    "segment_mib", 4,
                    "queue_batches", 10,
                    "queue_mib", 2)));
    assertThat(check.settings())
        .isEqualTo(new JournalSettings(JournalSettings.Sync.INTERVAL, 7, 4 << 20, 10, 2 << 20));
  }

  @Test
  void allProblemsAreSaidAtOnce() {
    ConfigCheck check =
        ConfigCheck.of(
            config(
                Map.of(
                    "sync",
                    "always",
                    "segment_mib",
                    1,
                    "queue_mib",
                    new NumberFormatException("For input string: \"x\""))));
    assertThat(check.problems())
        .containsExactly(
            "io.leasehold.store.journal: sync 'always' must be group, interval or none",
            "io.leasehold.store.journal: segment.mib 1 must be 4 to 1024",
            "io.leasehold.store.journal: queue.mib must be a whole number: For input string: \"x\"");
  }
}
