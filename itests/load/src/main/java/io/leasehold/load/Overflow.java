// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Datagrams that the kernel dropped because a socket's buffer was full, of all sockets of this
 * network namespace.
 */
final class Overflow {
  private static final String NAME = "RcvbufErrors";

  private Overflow() {}

  /** How many since the namespace exists; 0 where the kernel does not tell. */
  static long count(boolean v6) {
    try {
      return v6
          ? ofLines(Files.readAllLines(Path.of("/proc/self/net/snmp6")))
          : ofTable(Files.readAllLines(Path.of("/proc/self/net/snmp")));
    } catch (IOException e) {
      return 0;
    }
  }

  static long ofLines(List<String> lines) {
    for (String line : lines) {
      String[] words = line.trim().split("\\s+");
      if (words.length == 2 && words[0].equals("Udp6" + NAME)) {
        return Long.parseLong(words[1]);
      }
    }
    return 0;
  }

  static long ofTable(List<String> lines) {
    for (int i = 0; i + 1 < lines.size(); i++) {
      if (lines.get(i).startsWith("Udp:")) {
        int column = List.of(lines.get(i).trim().split("\\s+")).indexOf(NAME);
        return column < 0 ? 0 : Long.parseLong(lines.get(i + 1).trim().split("\\s+")[column]);
      }
    }
    return 0;
  }
}
