// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.failover.effect.Effect;
import io.leasehold.failover.lease.Role;
import io.leasehold.net.Bytes;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** No octets do more than end the connection on which they came. */
final class DispatchFuzzTest {
  private static final int FRAMES = 300;

  @Property(tries = 60)
  void anyOctetsAreTakenOrEndTheirConnection(@ForAll long seed, @ForAll boolean isPrimary) {
    Random random = new Random(seed);
    Side side = isPrimary ? Side.primary() : Side.secondary();
    long connection = 0;
    for (int i = 0; i < FRAMES; i++) {
      if (connection == 0 || side.isClosed(connection) || random.nextInt(40) == 0) {
        connection++;
        begin(side, connection, random);
      }
      give(side, connection, frame(side, random));
      side.pass(random.nextInt(100) / 100.0);
    }
    assertNothingWasSentAfterAnEnd(side);
    assertThat(side.outbox.unanswered()).isZero();
    assertThat(side.told.stream().filter("up"::equals).count())
        .isBetween(
            side.told.stream().filter("down"::equals).count(),
            side.told.stream().filter("down"::equals).count() + 1);
  }

  private static void begin(Side side, long connection, Random random) {
    boolean isPrimary = side.settings.role() == Role.PRIMARY;
    if (isPrimary) {
      side.opened(connection);
    } else {
      side.connects(connection);
    }
    if (random.nextInt(4) != 0) {
      if (isPrimary) {
        side.accepts(connection, Side.TERMS);
      }
      side.says(connection, Dhcp6MessageType.STATE, 1, Side.normal());
    }
  }

  private static void give(Side side, long connection, Bytes octets) {
    Optional<FailoverFrame> frame = Optional.empty();
    try {
      frame = Optional.of(FailoverFrame.decode(octets));
    } catch (MalformedPacketException e) {
      side.slot.onMalformed(connection, e.getMessage(), side.now());
    }
    frame.ifPresent(each -> side.slot.onFrame(connection, each, side.now()));
    side.drain();
  }

  /** Noise, a good message with a few octets changed, or one whose options are noise. */
  private static Bytes frame(Side side, Random random) {
    byte[] octets;
    if (random.nextInt(5) == 0) {
      octets = new byte[random.nextInt(80)];
      random.nextBytes(octets);
      return Bytes.copyOf(octets);
    }
    int type = Dhcp6MessageType.BNDUPD + random.nextInt(12);
    FailoverMessage message =
        new FailoverMessage(
            type,
            random.nextInt(1 << 24),
            AbsoluteTime.ofUnixSeconds(side.now().wallSeconds()),
            random.nextBoolean() ? Side.normal() : Side.TERMS.toOptions(Optional.of("pair1")));
    octets = message.encode().toArray();
    for (int changes = random.nextInt(3); changes > 0; changes--) {
      octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
    }
    return Bytes.copyOf(octets);
  }

  private static void assertNothingWasSentAfterAnEnd(Side side) {
    Set<Long> closed = new HashSet<>();
    for (Effect effect : side.effects) {
      if (effect instanceof Effect.Close close) {
        assertThat(closed.add(close.connection())).isTrue();
      } else if (effect instanceof Effect.Send send) {
        assertThat(closed).doesNotContain(send.connection());
      }
    }
  }
}
