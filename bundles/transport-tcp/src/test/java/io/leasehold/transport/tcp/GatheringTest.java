// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Framing;
import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Messages that share a record keep their borders and their order. */
class GatheringTest {
  private final Gathering gathering = new Gathering(Framing.LENGTH_BEFORE);

  @Test
  void whatIsTakenIsWhatWasAddedInItsOrder() {
    assertThat(gathering.isEmpty()).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(gathering.add(message(i, 100))).isTrue();
    }
    Frames frames = new Frames(Framing.LENGTH_BEFORE, Frames.MOST_OCTETS);
    ByteBuffer taken = gathering.take();
    for (int i = 0; i < 100; i++) {
      assertThat(frames.next(taken)).isEqualTo(message(i, 100));
    }
    assertThat(taken.hasRemaining()).isFalse();
    assertThat(gathering.isEmpty()).isTrue();
  }

  @Test
  void noMoreIsTakenThanARecordHolds() {
    int added = 0;
    while (gathering.add(message(added, 1000))) {
      added++;
    }
    assertThat(added).isEqualTo((1 << 14) / 1002);
    assertThat(gathering.take().remaining()).isEqualTo(added * 1002);
    assertThat(gathering.add(message(0, (1 << 14) - 1))).as("larger than a record").isFalse();
    assertThat(gathering.add(message(0, (1 << 14) - 2))).isTrue();
  }

  @Test
  void whatPadsMessagesIsCounted() {
    Gathering padded = new Gathering(Framing.LENGTH_WITHIN);
    int added = 0;
    while (padded.add(Bytes.ofHex("0501000d000900096468637034"))) {
      added++;
    }
    assertThat(added).isEqualTo((1 << 14) / 16);
    Frames frames = new Frames(Framing.LENGTH_WITHIN, Frames.MOST_OCTETS);
    ByteBuffer taken = padded.take();
    for (int i = 0; i < added; i++) {
      assertThat(frames.next(taken)).isEqualTo(Bytes.ofHex("0501000d000900096468637034"));
    }
    assertThat(taken.hasRemaining()).isFalse();
  }

  private static Bytes message(int number, int octets) {
    byte[] message = new byte[octets];
    message[0] = (byte) number;
    return Bytes.wrap(message);
  }
}
