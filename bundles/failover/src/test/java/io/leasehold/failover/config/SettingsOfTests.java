// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.config;

import java.util.HashMap;
import java.util.Map;

/** Relationships for tests, as the lines of their files say. */
public final class SettingsOfTests {
  private SettingsOfTests() {}

  /** A file of the relationship pair1; lines, {@code key = value}, add to it or replace. */
  static Map<String, String> file(String... lines) {
    Map<String, String> file = new HashMap<>();
    file.put("role", "secondary");
    file.put("partner", "tls://[2001:db8::2]");
    file.put("channel", "wall");
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      file.put(parts[0], parts[1]);
    }
    return file;
  }

  /** What is read from it. */
  public static FailoverSettings of(String... lines) {
    return FailoverFile.read("pair1", file(lines));
  }
}
