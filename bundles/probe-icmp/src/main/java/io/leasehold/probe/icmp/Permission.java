// SPDX-License-Identifier: Apache-2.0
package io.leasehold.probe.icmp;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether this process may send ICMP. The JDK does not tell: without the permission it knocks at a
 * TCP port instead, which says something else.
 */
final class Permission {
  private static final int CAP_NET_RAW = 13;
  private static final String EFFECTIVE = "CapEff:";

  private Permission() {}

  /** Whether a process has CAP_NET_RAW by its {@code status} in proc(5). */
  static boolean isIn(Path status) {
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith(EFFECTIVE))
          .map(line -> new BigInteger(line.substring(EFFECTIVE.length()).trim(), 16))
          .anyMatch(capabilities -> capabilities.testBit(CAP_NET_RAW));
    } catch (IOException | NumberFormatException e) {
      return false;
    }
  }
}
