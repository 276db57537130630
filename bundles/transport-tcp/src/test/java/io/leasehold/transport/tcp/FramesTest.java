// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FramesTest {
  private static final Random OCTETS = new Random(7);

  private static Bytes message(int length) {
    byte[] octets = new byte[length];
    OCTETS.nextBytes(octets);
    return Bytes.wrap(octets);
  }

  private static List<Bytes> read(Frames frames, ByteBuffer in) {
    List<Bytes> messages = new ArrayList<>();
    Bytes next = frames.next(in);
    while (next != null) {
      messages.add(next);
      next = frames.next(in);
    }
    return messages;
  }

  /** RFC 5460 section 5.1: two octets of length in network order, then the message. */
  @Test
  void aLengthOfTwoOctetsStandsBeforeTheMessage() {
    ByteBuffer framed = Frames.framed(Bytes.ofHex("0c00fe80"));

    assertThat(Bytes.copyOf(framed.duplicate()).toHex()).isEqualTo("00040c00fe80");
    assertThat(read(new Frames(Frames.MOST_OCTETS), framed))
        .containsExactly(Bytes.ofHex("0c00fe80"));
  }

  @Property(tries = 200)
  void messagesAreFoundHoweverTheStreamIsCut(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 3000) Integer> lengths,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 700) Integer> cuts) {
    List<Bytes> messages = lengths.stream().map(FramesTest::message).toList();
    ByteBuffer stream = ByteBuffer.allocate(8 * 3002);
    messages.forEach(each -> stream.put(Frames.framed(each)));
    stream.flip();
    Frames frames = new Frames(Frames.MOST_OCTETS);
    List<Bytes> found = new ArrayList<>();
    for (int i = 0; stream.hasRemaining(); i++) {
      int octets = Math.min(cuts.get(i % cuts.size()), stream.remaining());
      found.addAll(read(frames, stream.slice(stream.position(), octets)));
      stream.position(stream.position() + octets);
    }
    assertThat(found).isEqualTo(messages);
    assertThat(frames.isPartial()).isFalse();
  }

  @Test
  void aLengthThatClaimsMuchTakesNoMemory() {
    Frames frames = new Frames(Frames.MOST_OCTETS);

    assertThat(read(frames, ByteBuffer.wrap(new byte[] {-1, -1, 1}))).isEmpty();

    assertThat(frames.isPartial()).isTrue();
    assertThat(frames.held()).isLessThanOrEqualTo(1024);
  }

  @Test
  void emptyAndTooLongMessagesEndTheStream() {
    Frames empty = new Frames(Frames.MOST_OCTETS);
    assertThat(read(empty, ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 9}))).isEmpty();
    assertThat(empty.isInvalid()).isTrue();

    Frames shorter = new Frames(100);
    assertThat(read(shorter, ByteBuffer.wrap(new byte[] {0, 101, 1}))).isEmpty();
    assertThat(shorter.isInvalid()).isTrue();
    assertThat(shorter.held()).isZero();
  }
}
