// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class HandshakeFilterTest {
  /** A datagram with one handshake header, as {@link #record} with nothing behind it. */
  static Bytes claim(int sequence, int length) {
    return record(22, 0, sequence, message(11, length, sequence, 0, 0));
  }

  private static ByteBuffer message(int type, int length, int number, int offset, int fragment) {
    return ByteBuffer.allocate(12 + fragment)
        .putInt(type << 24 | length)
        .putShort((short) number)
        .putInt(offset << 8 | fragment >>> 16)
        .putShort((short) fragment)
        .rewind();
  }

  private static Bytes record(int type, int epoch, int sequence, ByteBuffer content) {
    ByteBuffer record = ByteBuffer.allocate(13 + content.remaining());
    record.put((byte) type).putShort((short) 0xfefd).putShort((short) epoch);
    record.putShort((short) 0).putInt(sequence).putShort((short) content.remaining());
    return Bytes.wrap(record.put(content).array());
  }

  private static Bytes joined(Bytes first, Bytes second) {
    ByteBuffer all = ByteBuffer.allocate(first.length() + second.length());
    first.putInto(all);
    second.putInto(all);
    return Bytes.wrap(all.array());
  }

  @Test
  void takesMessagesOfTheLongestLengthAndNoLongerOnes() {
    assertThat(HandshakeFilter.passes(claim(1, 32_768))).isTrue();
    assertThat(HandshakeFilter.passes(claim(1, 32_769))).isFalse();
    assertThat(HandshakeFilter.passes(claim(1, 0xff_ffff))).isFalse();
  }

  @Test
  void looksAtEveryMessageOfEveryRecord() {
    Bytes good = claim(1, 100);
    assertThat(HandshakeFilter.passes(joined(good, good))).isTrue();
    assertThat(HandshakeFilter.passes(joined(good, claim(2, 40_000)))).isFalse();
    ByteBuffer two = ByteBuffer.allocate(24);
    two.put(message(11, 100, 1, 0, 0)).put(message(12, 40_000, 2, 0, 0)).rewind();
    assertThat(HandshakeFilter.passes(record(22, 0, 1, two))).isFalse();
  }

  @Test
  void takesNothingThatOverrunsWhatItIsIn() {
    Bytes good = claim(1, 100);
    assertThat(HandshakeFilter.passes(good.slice(0, good.length() - 1))).isFalse();
    assertThat(HandshakeFilter.passes(joined(good, Bytes.of(22, 0xfe, 0xfd)))).isFalse();
    assertThat(HandshakeFilter.passes(record(22, 0, 1, message(11, 100, 1, 90, 11)))).isFalse();
    ByteBuffer cut = message(11, 100, 1, 0, 20);
    assertThat(HandshakeFilter.passes(record(22, 0, 1, cut.limit(31)))).isFalse();
    assertThat(HandshakeFilter.passes(Bytes.EMPTY)).isFalse();
  }

  @Test
  void leavesAloneWhatIsProtected() {
    assertThat(HandshakeFilter.passes(record(22, 1, 1, ByteBuffer.wrap(new byte[40])))).isTrue();
    assertThat(HandshakeFilter.passes(record(23, 1, 1, ByteBuffer.wrap(new byte[40])))).isTrue();
  }

  @Property
  void neverThrows(@ForAll @Size(max = 200) byte[] octets) {
    HandshakeFilter.passes(Bytes.wrap(octets));
  }
}
