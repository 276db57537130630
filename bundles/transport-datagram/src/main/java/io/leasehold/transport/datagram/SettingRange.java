// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import java.util.ArrayList;
import java.util.List;

/** Checks the numbers of a configuration and tells all that is wrong with them at once. */
public final class SettingRange {
  private final String pid;
  private final List<String> problems = new ArrayList<>();

  /** For the configuration with this PID. */
  public SettingRange(String pid) {
    this.pid = pid;
  }

  /** A value that must be within bounds. */
  public SettingRange check(String key, long value, long least, long most) {
    if (value < least || value > most) {
      problems.add(pid + ": " + key + " is " + value + ", accepted is " + least + " to " + most);
    }
    return this;
  }

  /**
   * Ends the check.
   *
   * @throws IllegalArgumentException naming each key, its value and the accepted form
   */
  public void orThrow() {
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
  }
}
