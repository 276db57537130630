// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import static io.leasehold.rserpool.wire.WireVectors.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Messages in a stream (RFC 5354 section 4). */
final class FrameReaderTest {
  private static final Bytes RESOLUTION = octets("0501000d 00090009 64686370 34000000");

  private final FrameReader reader = new FrameReader(PoolMessage.MAX_LENGTH);

  @Test
  void messageIsPutTogetherByteByByte() {
    for (int i = 0; i < RESOLUTION.length() - 1; i++) {
      assertThat(reader.next(ByteBuffer.wrap(new byte[] {(byte) RESOLUTION.at(i)}))).isNull();
      assertThat(reader.isPartial()).isTrue();
    }
    assertThat(reader.next(ByteBuffer.wrap(new byte[] {0}))).isEqualTo(RESOLUTION.slice(0, 13));
    assertThat(reader.isPartial()).isFalse();
    assertThat(reader.held()).isZero();
  }

  @Test
  void severalMessagesInOneWriteAreTakenWithTheirPadding() {
    ByteBuffer in = ByteBuffer.allocate(20 * RESOLUTION.length());
    for (int i = 0; i < 20; i++) {
      RESOLUTION.putInto(in);
    }

    assertThat(all(in.flip())).hasSize(20).containsOnly(RESOLUTION.slice(0, 13));
  }

  @Test
  void cutsOfTheStreamDoNotMatter() {
    Random random = new Random(1);
    List<Bytes> expected = new ArrayList<>();
    ByteBuffer stream = ByteBuffer.allocate(200_000);
    for (int i = 0; i < 300; i++) {
      int length = 4 + random.nextInt(500);
      byte[] message = new byte[length];
      random.nextBytes(message);
      message[2] = (byte) (length >>> 8);
      message[3] = (byte) length;
      expected.add(Bytes.wrap(message));
      stream.put(message).put(new byte[-length & 3]);
    }
    stream.flip();

    List<Bytes> found = new ArrayList<>();
    while (stream.hasRemaining()) {
      int octets = Math.min(1 + random.nextInt(700), stream.remaining());
      found.addAll(all(stream.slice(stream.position(), octets)));
      stream.position(stream.position() + octets);
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void lengthOfLessThanAHeaderEndsTheStream() {
    assertThat(reader.next(ByteBuffer.wrap(octets("05000003 00000000").toArray()))).isNull();
    assertThat(reader.isUnusable()).isTrue();
    assertThat(reader.next(ByteBuffer.wrap(RESOLUTION.toArray()))).isNull();
  }

  @Test
  void lengthAboveTheLimitEndsTheStream() {
    FrameReader narrow = new FrameReader(13);
    assertThat(narrow.next(ByteBuffer.wrap(RESOLUTION.toArray()))).isNotNull();
    assertThat(narrow.next(ByteBuffer.wrap(octets("0500000e").toArray()))).isNull();
    assertThat(narrow.isUnusable()).isTrue();
  }

  @Test
  void memoryGrowsWithWhatCameAndNotWithWhatIsClaimed() {
    reader.next(ByteBuffer.wrap(octets("0500ffff 000000").toArray()));

    assertThat(reader.held()).isLessThan(1000);
  }

  @Test
  void largestMessageIsTaken() {
    byte[] message = new byte[65536];
    message[2] = message[3] = (byte) 0xff;

    assertThat(reader.next(ByteBuffer.wrap(message)).length()).isEqualTo(65535);
  }

  private List<Bytes> all(ByteBuffer in) {
    List<Bytes> found = new ArrayList<>();
    for (Bytes each = reader.next(in); each != null; each = reader.next(in)) {
      found.add(each);
    }
    assertThat(in.hasRemaining()).isFalse();
    return found;
  }
}
