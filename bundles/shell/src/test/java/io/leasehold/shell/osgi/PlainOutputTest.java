// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainOutputTest {
  private static final String COLOURED = "\u001b[1;31mred\u001b[0m, ä \u001b(Bplain\u001b[m\n";

  @Test
  void textIsLeftWithoutItsColours() throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    new PlainOutput(plain).write(COLOURED.getBytes(StandardCharsets.UTF_8));
    assertThat(plain.toString(StandardCharsets.UTF_8)).isEqualTo("red, ä plain\n");
  }

  @Test
  void sequencesMayComeInPieces() throws IOException {
    byte[] octets = COLOURED.getBytes(StandardCharsets.UTF_8);
    for (int piece = 1; piece < octets.length; piece++) {
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      PlainOutput output = new PlainOutput(plain);
      for (int at = 0; at < octets.length; at += piece) {
        output.write(octets, at, Math.min(piece, octets.length - at));
      }
      assertThat(plain.toString(StandardCharsets.UTF_8)).isEqualTo("red, ä plain\n");
    }
  }
}
