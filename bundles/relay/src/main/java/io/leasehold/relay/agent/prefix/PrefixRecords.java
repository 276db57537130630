// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Changes as lines of text. Each begins with a checksum of the rest, so that a line that was only
 * half written is known as such; the last line about a prefix counts.
 */
final class PrefixRecords {
  /** The first line: what this is, and its version. */
  static final String HEADER = "leasehold-prefixes 1\n";

  private static final String COMES = "+";
  private static final String GOES = "-";
  private static final String FOR_EVER = "never";
  private static final int WORDS_OF_COMING = 7;
  private static final int CHECKSUM_DIGITS = 8;

  private PrefixRecords() {}

  /** A line with its end. */
  static String line(PrefixChange change) {
    Delegation it = change.delegation();
    String until =
        it.validUntilMillis() == Delegation.FOR_EVER
            ? FOR_EVER
            : Long.toString(it.validUntilMillis());
    String words =
        String.join(
            " ",
            change.gone() ? GOES : COMES,
            it.prefix().toIpv6Text(),
            it.nextHop().toIpv6Text(),
            it.interfaceName(),
            until,
            Long.toString(it.iaid()),
            it.client().toHex());
    return checksum(words) + " " + words + "\n";
  }

  /** What a line without its end says; nothing if it is damaged. */
  static Optional<PrefixChange> change(String line) {
    if (line.length() <= CHECKSUM_DIGITS
        || !line.startsWith(checksum(line.substring(CHECKSUM_DIGITS + 1)))) {
      return Optional.empty();
    }
    String[] words = line.substring(CHECKSUM_DIGITS + 1).split(" ");
    if (words.length != WORDS_OF_COMING) {
      return Optional.empty();
    }
    try {
      return Optional.of(new PrefixChange(delegation(words), words[0].equals(GOES)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Delegation delegation(String[] words) {
    return new Delegation(
        Prefix.ofIpv6Text(words[1]),
        Ipv6.ofIpv6Text(words[2]),
        words[3],
        Bytes.ofHex(words[6]),
        Long.parseLong(words[5]),
        words[4].equals(FOR_EVER) ? Delegation.FOR_EVER : Long.parseLong(words[4]));
  }

  private static String checksum(String words) {
    CRC32 crc = new CRC32();
    crc.update(words.getBytes(StandardCharsets.UTF_8));
    return String.format("%08x", crc.getValue());
  }
}
