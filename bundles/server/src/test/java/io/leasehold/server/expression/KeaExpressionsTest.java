// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What expressions make of packets, next to what Kea's servers were seen to make of them. */
class KeaExpressionsTest {
  private static final String[] CLASSES = {
    "ALL",
    "KNOWN",
    "UNKNOWN",
    "VENDOR_CLASS_docsis3.0",
    "VENDOR_CLASS_other",
    "VENDOR_CLASS_MSFT",
    "EXTERNAL_x",
    "AFTER_x",
    "HA_x",
    "SKIP_DDNS",
    "BOOTP"
  };

  static Stream<Arguments> expressions() throws IOException {
    return Stream.of("dhcp4.txt", "dhcp4-vendors.txt", "dhcp6.txt").flatMap(KeaExpressionsTest::of);
  }

  private static Stream<Arguments> of(String file) {
    List<String> lines = lines(file);
    Family family = file.startsWith("dhcp6") ? Family.IPV6 : Family.IPV4;
    String packet =
        lines.stream().filter(line -> line.startsWith("packet ")).findFirst().orElseThrow();
    return lines.stream()
        .filter(line -> line.length() > 3 && line.charAt(1) == ' ' && line.charAt(3) == ' ')
        .filter(line -> line.charAt(0) != '#')
        .map(line -> Arguments.of(line.substring(4), line.charAt(0), family, packet.substring(7)));
  }

  private static List<String> lines(String file) {
    try (InputStream in = KeaExpressionsTest.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest(name = "{1} {0}")
  @MethodSource("expressions")
  void isWhatTheTableSays(String expression, char expected, Family family, String packet) {
    Packets.Classes classes = new Packets.Classes(0, 2, 3);
    PacketFacts facts = Packets.facts(family, Bytes.ofHex(packet), classes);

    assertThat(outcome(expression, family, facts, classes)).isEqualTo(expected);
  }

  private static char outcome(
      String expression, Family family, PacketFacts facts, Packets.Classes classes) {
    try {
      boolean holds =
          ExpressionParser.condition(expression, Packets.context(family, CLASSES)).holds(facts);
      return classes.failures > 0 ? 'E' : holds ? 'T' : 'F';
    } catch (ExpressionException e) {
      assertThat(e.column()).isBetween(1, expression.length() + 1);
      return 'R';
    }
  }
}
