// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The checksum of RFC 5353 section 3.6.2. */
final class ElementSumTest {
  private static final ElementKey ECHO = new ElementKey(PoolHandle.of("EchoPool"), 0xaaaa0001L);
  private static final ElementKey PP5 = new ElementKey(PoolHandle.of("PP5"), 0xaaaa0003L);

  /** What rsplib said in these states. */
  @Test
  void checksumsAreThoseOfOthers() {
    ElementSum sum = new ElementSum();
    assertThat(sum.checksum()).isEqualTo(0xffff);
    sum.add(ECHO);
    assertThat(sum.checksum()).isEqualTo(0xe7a5);
    sum.add(PP5);
    assertThat(sum.checksum()).isEqualTo(0xb7a7);
    sum.remove(ECHO);
    assertThat(sum.checksum()).isEqualTo(0xd001);
    sum.remove(PP5);
    assertThat(sum.checksum()).isEqualTo(0xffff);
    assertThat(sum.elements()).isZero();
  }

  @Property(tries = 500)
  void keptChecksumIsThatOfWhatIsThere(@ForAll long seed) {
    Random random = new Random(seed);
    ElementSum sum = new ElementSum();
    List<ElementKey> present = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      if (present.isEmpty() || random.nextInt(5) < 3) {
        ElementKey key = key(random);
        present.add(key);
        sum.add(key);
      } else {
        sum.remove(present.remove(random.nextInt(present.size())));
      }
      assertThat(sum.checksum()).as("%s", present).isEqualTo(direct(present));
    }
  }

  @Test
  void sumsOfAllOnesAndOfAllZerosDiffer() {
    ElementSum sum = new ElementSum();
    ElementKey zeros = new ElementKey(new PoolHandle(Bytes.of(0)), 0);
    ElementKey ones = new ElementKey(new PoolHandle(Bytes.of(0)), 0xffff);
    sum.add(zeros);
    assertThat(sum.checksum()).isEqualTo(0xffff).isEqualTo(direct(List.of(zeros)));
    sum.add(ones);
    assertThat(sum.checksum()).isZero().isEqualTo(direct(List.of(zeros, ones)));
    sum.remove(zeros);
    assertThat(sum.checksum()).isZero();
    sum.remove(ones);
    assertThat(sum.checksum()).isEqualTo(0xffff);
  }

  @Test
  void manyElementsLoseNoCarries() {
    ElementSum sum = new ElementSum();
    List<ElementKey> keys = new ArrayList<>();
    for (long i = 0; i < 70_000; i++) {
      ElementKey key = new ElementKey(PoolHandle.of("zzzzzzzz"), 0xffff_ffffL - i);
      keys.add(key);
      sum.add(key);
    }
    assertThat(sum.checksum()).isEqualTo(direct(keys));
  }

  /** Short names and small numbers, so that sums of 0 and 65535 are met. */
  private static ElementKey key(Random random) {
    byte[] handle = new byte[1 + random.nextInt(3)];
    for (int i = 0; i < handle.length; i++) {
      handle[i] = (byte) (random.nextBoolean() ? 0 : -1);
    }
    long[] identifiers = {0, 0xffff, 0xffff_ffffL, 0xffff_0000L, random.nextInt(1 << 20)};
    return new ElementKey(
        new PoolHandle(Bytes.wrap(handle)), identifiers[random.nextInt(identifiers.length)]);
  }

  /** As the RFC says it: all octets one after the other, all words, all carries. */
  static int direct(List<ElementKey> keys) {
    long total = 0;
    for (ElementKey key : keys) {
      int length = key.handle().octets().length();
      byte[] block = new byte[(length + 3) / 4 * 4 + 4];
      key.handle().octets().copyTo(block, 0);
      for (int i = 0; i < 4; i++) {
        block[block.length - 1 - i] = (byte) (key.identifier() >>> 8 * i);
      }
      for (int i = 0; i < block.length; i += 2) {
        total += (block[i] & 0xff) << 8 | block[i + 1] & 0xff;
      }
    }
    while (total > 0xffff) {
      total = (total >>> 16) + (total & 0xffff);
    }
    return (int) (~total & 0xffff);
  }
}
