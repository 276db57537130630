// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Any text is an expression or is refused with a place in it, and any expression has an outcome for
 * any packet. {@code -Dfuzz.expressions} looks for a minute, with other texts each time.
 */
class ExpressionFuzzTest {
  private static final int CASES = 30_000;
  private static final Duration SEARCH = Duration.ofMinutes(1);

  private static final String[] WORDS = {
    "(",
    ")",
    "(",
    ")",
    "[",
    "]",
    ".",
    ",",
    "==",
    "+",
    "*",
    "and",
    "or",
    "not",
    "'a'",
    "''",
    "0x0a",
    "1",
    "-1",
    "all",
    "option",
    "option[61]",
    "option[82].option[1]",
    "option[43].option[2]",
    ".hex",
    ".exists",
    ".text",
    "relay4[1]",
    "relay6[0]",
    "relay6[-1].option[18]",
    ".peeraddr",
    "vendor[*]",
    "vendor[4491].option[1]",
    "vendor-class[0].data[1]",
    "vendor.enterprise",
    "pkt.iface",
    "pkt.src",
    "pkt.len",
    "pkt4.mac",
    "pkt4.giaddr",
    "pkt6.transid",
    "member('gold')",
    "known",
    "unknown",
    "substring(",
    "substring('abc', 1, 2)",
    "concat(",
    "ifelse(known,",
    "hexstring(",
    "lcase(",
    "split(",
    "split('a.b', '.', 2)",
    "addrtotext(",
    "uint8totext(",
    "int16totext(0xffff)",
    "match('(a|b)*', ",
    "match('[a-",
    "192.0.2.1",
    "2001:db8::1",
    "10.0",
    "§",
    "\"",
    "'",
    "\n"
  };

  /** What is put between two words to make a text that is likely to be right. */
  private static final String[] CONDITIONS = {
    "option[61].exists",
    "pkt.iface == 'xs0'",
    "known",
    "member('gold')",
    "relay4[1].hex == 'x'",
    "vendor[*].option[5].hex == 'serial'",
    "match('.*o.*', option[12].hex)",
    "'a' == 'b'",
    "addrtotext(option[50].hex) == '192.0.2.77'",
    "uint16totext(option[57].hex) == '1500'",
    "option[125].option[1].hex == 0x0203",
    "vendor-class[4491].data == 'docsis3.0'"
  };

  private final String[] classes = {"gold", "KNOWN"};

  @Test
  void anyTextIsReadOrRefusedWithAPlace() {
    boolean searches = System.getProperty("fuzz.expressions") != null;
    Random random = new Random(searches ? System.nanoTime() : 7);
    long end = System.nanoTime() + SEARCH.toNanos();
    int read = 0;
    for (int i = 0; searches ? System.nanoTime() < end : i < CASES; i++) {
      Family family = random.nextBoolean() ? Family.IPV6 : Family.IPV4;
      read += isRead(text(random), family, random) ? 1 : 0;
    }
    assertThat(read).isPositive();
  }

  private boolean isRead(String text, Family family, Random random) {
    ExpressionContext context = Packets.context(family, classes);
    boolean read = false;
    try {
      ExpressionParser.condition(text, context).holds(noise(family, random));
      read = true;
    } catch (ExpressionException e) {
      assertThat(e.column()).as(text).isBetween(1, text.length() + 1);
    }
    try {
      assertThat(ExpressionParser.value(text, context).of(noise(family, random)).length())
          .isLessThanOrEqualTo(Operators.LONGEST);
    } catch (ExpressionException e) {
      assertThat(e.getMessage()).as(text).startsWith("column " + e.column() + ": ");
    }
    return read;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    boolean likely = random.nextInt(3) == 0;
    int words = 1 + random.nextInt(12);
    for (int i = 0; i < words; i++) {
      if (likely) {
        text.append(i == 0 ? "" : random.nextBoolean() ? " and " : " or not ");
        text.append(CONDITIONS[random.nextInt(CONDITIONS.length)]);
      } else {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : "");
      }
    }
    if (random.nextInt(4) == 0) {
      int at = random.nextInt(text.length());
      text.setCharAt(at, (char) (random.nextInt(8) == 0 ? random.nextInt(0xd800) : 32 + at % 95));
    }
    return text.toString();
  }

  /** A packet whose options are noise. */
  private PacketFacts noise(Family family, Random random) {
    byte[] octets = new byte[random.nextInt(40)];
    random.nextBytes(octets);
    if (octets.length > 1 && random.nextBoolean()) {
      Arrays.fill(octets, 0, octets.length / 2, (byte) 0);
    }
    Bytes value = Bytes.wrap(octets);
    return new Noise(value, family == Family.IPV6 ? random.nextInt(4) : 0);
  }

  private record Noise(Bytes value, int relays) implements PacketFacts {
    @Override
    public Bytes optionOrNull(int code) {
      return code % 5 == 3 ? null : value;
    }

    @Override
    public Bytes relayOptionOrNull(int relay, int code) {
      assertThat(relay).isBetween(0, relays - 1);
      return value;
    }

    @Override
    public int relayCount() {
      return relays;
    }

    @Override
    public boolean isMember(int classNumber) {
      return value.length() % 2 == classNumber;
    }

    @Override
    public String interfaceName() {
      return "xs0";
    }

    @Override
    public Ipv6 source() {
      return Ipv6.UNSPECIFIED;
    }

    @Override
    public Ipv6 destination() {
      return Ipv6.UNSPECIFIED;
    }

    @Override
    public int length() {
      return value.length();
    }

    @Override
    public int messageType() {
      return 1;
    }

    @Override
    public long transactionId() {
      return 1;
    }
  }
}
