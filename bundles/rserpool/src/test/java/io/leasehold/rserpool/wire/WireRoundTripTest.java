// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.enrp.EnrpMessage;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whatever is written is read as it was, and whatever else comes does no harm. */
final class WireRoundTripTest {
  /** {@code -Dfuzz.rserpool} makes a million; every build does what takes a second. */
  private static final int MUTATIONS = 30_000;

  private static final int MANY_MUTATIONS = 1_000_000;

  @Property(tries = 2000)
  void messageReturnsFromItsOctets(@ForAll long seed) {
    RandomMessages messages = new RandomMessages(seed);
    AsapMessage asap = messages.asap();
    EnrpMessage enrp = messages.enrp();

    assertThat(AsapMessage.decode(asap.encode()))
        .isEqualTo(new Decoded.Accepted<>(asap, List.of()));
    assertThat(EnrpMessage.decode(enrp.encode()))
        .isEqualTo(new Decoded.Accepted<>(enrp, List.of()));
    assertThat(asap.encode().length() % 4).isZero();
    assertThat(enrp.encode().length() % 4).isZero();
  }

  @Property(tries = 500)
  void whatIsAcceptedIsWrittenAndReadAgain(@ForAll long seed) {
    Bytes damaged = damaged(new RandomMessages(seed), new Random(seed));
    try {
      if (AsapMessage.decode(damaged) instanceof Decoded.Accepted<AsapMessage> accepted) {
        Bytes again = accepted.message().encode();
        assertThat(AsapMessage.decode(again))
            .isEqualTo(new Decoded.Accepted<>(accepted.message(), List.of()));
      }
    } catch (MalformedPacketException e) {
      assertThat(e.offset()).isBetween(0, damaged.length());
    }
  }

  @Test
  void damagedMessagesAreReadOrRefused() {
    boolean searches = System.getProperty("fuzz.rserpool") != null;
    long seed = searches ? System.nanoTime() : 1;
    Random random = new Random(seed);
    RandomMessages messages = new RandomMessages(seed);
    int malformed = 0;
    int accepted = 0;
    int mutations = searches ? MANY_MUTATIONS : MUTATIONS;
    for (int i = 0; i < mutations; i++) {
      Bytes octets = damaged(messages, random);
      try {
        Decoded<?> decoded =
            random.nextBoolean() ? AsapMessage.decode(octets) : EnrpMessage.decode(octets);
        accepted += decoded instanceof Decoded.Accepted ? 1 : 0;
        assertThat(decoded.reports().size()).isLessThanOrEqualTo(octets.length() / 4);
      } catch (MalformedPacketException e) {
        malformed++;
      } catch (RuntimeException e) {
        throw new AssertionError("seed " + seed + ": " + octets.toHex(), e);
      }
    }
    // Nothing is shown by octets of which all are refused at the door.
    assertThat(accepted).isGreaterThan(mutations / 20);
    assertThat(malformed).isGreaterThan(mutations / 20);
  }

  /** A message with octets changed, cut out or doubled, mostly of the length that it says. */
  private static Bytes damaged(RandomMessages messages, Random random) {
    byte[] octets = (random.nextBoolean() ? messages.asap() : messages.enrp()).encode().toArray();
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      octets[random.nextInt(octets.length)] =
          (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(20));
    }
    if (random.nextInt(4) == 0) {
      int from = random.nextInt(octets.length);
      int to = random.nextInt(octets.length);
      int count = random.nextInt(octets.length - Math.max(from, to) + 1);
      System.arraycopy(octets, from, octets, to, count);
    }
    if (random.nextInt(8) != 0 && octets.length >= 4) {
      int length = octets.length - random.nextInt(4);
      octets[2] = (byte) (length >>> 8);
      octets[3] = (byte) length;
    }
    return Bytes.wrap(octets);
  }
}
