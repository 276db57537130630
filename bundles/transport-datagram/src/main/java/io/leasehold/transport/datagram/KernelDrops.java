// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Messages that Linux threw away because a socket's receive buffer was full; the sockets themselves
 * cannot tell.
 */
final class KernelDrops {
  private static final Path TABLE6 = Path.of("/proc/net/udp6");
  private static final Path TABLE4 = Path.of("/proc/net/udp");
  private static final int LOCAL_FIELD = 1;
  private static final int WORD_DIGITS = 8;

  private KernelDrops() {}

  /**
   * Their number for the sockets of some addresses and a port; empty where the kernel does not
   * tell. Addresses are of one family.
   */
  static OptionalLong of(Set<Ipv6> addresses, int port) {
    boolean four = addresses.stream().anyMatch(Ipv6::isMapped);
    try {
      return OptionalLong.of(sum(Files.readAllLines(four ? TABLE4 : TABLE6), addresses, port));
    } catch (IOException e) {
      return OptionalLong.empty(); // not Linux, or /proc is not mounted
    }
  }

  static long sum(List<String> table, Set<Ipv6> addresses, int port) {
    long drops = 0;
    for (String line : table.subList(Math.min(1, table.size()), table.size())) {
      String[] fields = line.trim().split("\\s+");
      String local = fields[LOCAL_FIELD];
      int colon = local.indexOf(':');
      if (Integer.parseInt(local.substring(colon + 1), 16) == port
          && addresses.contains(address(local.substring(0, colon)))) {
        drops += Long.parseLong(fields[fields.length - 1]);
      }
    }
    return drops;
  }

  /** One or four words of the address, each as a number of this machine. */
  private static Ipv6 address(String digits) {
    if (digits.length() == WORD_DIGITS) {
      Ipv4 address = new Ipv4((int) word(digits, 0));
      // A socket without an address is that for broadcasts.
      return address.isUnspecified() ? SocketAddresses.LIMITED_BROADCAST : Ipv6.mapped(address);
    }
    return new Ipv6(
        word(digits, 0) << 32 | word(digits, 1), word(digits, 2) << 32 | word(digits, 3));
  }

  private static long word(String digits, int index) {
    int from = index * WORD_DIGITS;
    int raw = Integer.parseUnsignedInt(digits.substring(from, from + WORD_DIGITS), 16);
    boolean little = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    return Integer.toUnsignedLong(little ? Integer.reverseBytes(raw) : raw);
  }
}
