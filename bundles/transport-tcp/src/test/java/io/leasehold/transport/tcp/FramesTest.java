// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.Framing;
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

  /** A message that says how long it is. */
  private static Bytes telling(int length) {
    byte[] octets = message(length).toArray();
    octets[2] = (byte) (length >> 8);
    octets[3] = (byte) length;
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
    ByteBuffer framed = Frames.framed(Framing.LENGTH_BEFORE, Bytes.ofHex("0c00fe80"));

    assertThat(Bytes.copyOf(framed.duplicate()).toHex()).isEqualTo("00040c00fe80");
    assertThat(read(new Frames(Framing.LENGTH_BEFORE, Frames.MOST_OCTETS), framed))
        .containsExactly(Bytes.ofHex("0c00fe80"));
  }

  @Property(tries = 200)
  void messagesAreFoundHoweverTheStreamIsCut(
      @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 3000) Integer> lengths,
      @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 700) Integer> cuts) {
    found(Framing.LENGTH_BEFORE, lengths.stream().map(FramesTest::message).toList(), cuts);
    found(
        Framing.LENGTH_WITHIN, lengths.stream().map(length -> telling(length + 3)).toList(), cuts);
  }

  private static void found(Framing framing, List<Bytes> messages, List<Integer> cuts) {
    ByteBuffer stream = ByteBuffer.allocate(8 * 3006);
    messages.forEach(each -> stream.put(Frames.framed(framing, each)));
    stream.flip();
    Frames frames = new Frames(framing, Frames.MOST_OCTETS);
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
    Frames frames = new Frames(Framing.LENGTH_BEFORE, Frames.MOST_OCTETS);

    assertThat(read(frames, ByteBuffer.wrap(new byte[] {-1, -1, 1}))).isEmpty();

    assertThat(frames.isPartial()).isTrue();
    assertThat(frames.held()).isLessThanOrEqualTo(1024);
  }

  @Test
  void emptyAndTooLongMessagesEndTheStream() {
    Frames empty = new Frames(Framing.LENGTH_BEFORE, Frames.MOST_OCTETS);
    assertThat(read(empty, ByteBuffer.wrap(new byte[] {0, 0, 0, 1, 9}))).isEmpty();
    assertThat(empty.isInvalid()).isTrue();

    Frames shorter = new Frames(Framing.LENGTH_BEFORE, 100);
    assertThat(read(shorter, ByteBuffer.wrap(new byte[] {0, 101, 1}))).isEmpty();
    assertThat(shorter.isInvalid()).isTrue();
    assertThat(shorter.held()).isZero();
  }

  /** P-005, RFC 5354 section 4: the length leaves out what pads the message. */
  @Test
  void aLengthWithinTheMessageDoesNotCountThePadding() {
    Bytes message = Bytes.ofHex("0501000d000900096468637034");
    ByteBuffer framed = Frames.framed(Framing.LENGTH_WITHIN, message);

    assertThat(Bytes.copyOf(framed).toHex()).isEqualTo("0501000d000900096468637034000000");
    Frames frames = new Frames(Framing.LENGTH_WITHIN, Frames.MOST_OCTETS);
    assertThat(read(frames, framed)).containsExactly(message);
    assertThat(frames.isPartial()).isFalse();
  }

  /** P-004: what stands in the padding does not matter, but it has to be there. */
  @Test
  void aMessageIsWholeWithItsPadding() {
    Frames frames = new Frames(Framing.LENGTH_WITHIN, Frames.MOST_OCTETS);

    assertThat(read(frames, ByteBuffer.wrap(new byte[] {1, 0, 0, 5, 9, 7, 7}))).isEmpty();
    assertThat(frames.isPartial()).isTrue();

    assertThat(read(frames, ByteBuffer.wrap(new byte[] {7, 2, 0, 0, 4})))
        .containsExactly(Bytes.of(1, 0, 0, 5, 9), Bytes.of(2, 0, 0, 4));
  }

  /** P-027. */
  @Test
  void aLengthWithinTheMessageCountsItsHeader() {
    for (int length = 0; length < 4; length++) {
      Frames frames = new Frames(Framing.LENGTH_WITHIN, Frames.MOST_OCTETS);
      assertThat(read(frames, ByteBuffer.wrap(new byte[] {1, 0, 0, (byte) length}))).isEmpty();
      assertThat(frames.isInvalid()).as("length %d", length).isTrue();
    }
    Frames shorter = new Frames(Framing.LENGTH_WITHIN, 100);
    assertThat(read(shorter, ByteBuffer.wrap(new byte[] {1, 0, 0, 101}))).isEmpty();
    assertThat(shorter.isInvalid()).isTrue();
  }

  @Test
  void theLongestMessageWithItsLengthWithinFits() {
    Bytes longest = telling(Frames.MOST_OCTETS);
    ByteBuffer framed = Frames.framed(Framing.LENGTH_WITHIN, longest);
    assertThat(framed.remaining()).isEqualTo(65_536);
    Frames frames = new Frames(Framing.LENGTH_WITHIN, Frames.MOST_OCTETS);
    assertThat(read(frames, framed.slice(0, 4))).isEmpty();
    assertThat(frames.held()).as("for a length alone").isLessThanOrEqualTo(1024);
    assertThat(read(frames, framed.position(4))).containsExactly(longest);
  }

  @Test
  void onlyWhatIsAsLongAsItSaysIsSent() {
    assertThat(Frames.fits(Framing.LENGTH_WITHIN, Bytes.ofHex("0501000541"))).isTrue();
    assertThat(Frames.fits(Framing.LENGTH_WITHIN, Bytes.ofHex("0501000541000000"))).isTrue();
    assertThat(Frames.fits(Framing.LENGTH_WITHIN, Bytes.ofHex("050100054100"))).isFalse();
    assertThat(Frames.fits(Framing.LENGTH_WITHIN, Bytes.ofHex("05010003"))).isFalse();
    assertThat(Frames.fits(Framing.LENGTH_WITHIN, Bytes.ofHex("050000"))).isFalse();
    assertThat(Frames.fits(Framing.LENGTH_BEFORE, Bytes.EMPTY)).isFalse();
    assertThat(Frames.fits(Framing.LENGTH_BEFORE, message(65_536))).isFalse();
    assertThat(Frames.fits(Framing.LENGTH_BEFORE, message(65_535))).isTrue();
  }
}
