// SPDX-License-Identifier: Apache-2.0
package io.leasehold.route.linux;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How routes are put in place.
 *
 * @param program ip(8), and words that go before all others
 * @param protocol number that marks routes as ours, 5 to 255; routes with another one are not
 *     touched
 * @param table routing table, 1 to 2^32-1
 * @param metric of the routes, 1 to 2^32-1
 * @param patience after which a run of the program is given up
 */
public record RouteSettings(
    List<String> program, int protocol, long table, long metric, Duration patience) {
  private static final long MAX_U32 = 0xffff_ffffL;

  /**
   * Copies the program, and refuses what the kernel or this host would not take.
   *
   * @throws IllegalArgumentException that names every value that is wrong, and what is accepted
   */
  public RouteSettings {
    program = List.copyOf(program);
    List<String> wrong = new ArrayList<>();
    if (program.isEmpty() || program.stream().anyMatch(String::isBlank)) {
      wrong.add("command = '" + String.join(" ", program) + "', accepted: a program");
    }
    check(wrong, "protocol", protocol, 5, 255);
    check(wrong, "table", table, 1, MAX_U32);
    check(wrong, "metric", metric, 1, MAX_U32);
    check(wrong, "timeout.milliseconds", patience.toMillis(), 10, 60_000);
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", wrong));
    }
  }

  private static void check(List<String> wrong, String key, long value, long min, long max) {
    if (value < min || value > max) {
      wrong.add(key + " = " + value + ", accepted: " + min + " to " + max);
    }
  }
}
