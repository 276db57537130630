// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Bytes;
import java.util.Random;

/** What a bad line does to datagrams. */
public final class Damage {
  private Damage() {}

  /** One datagram of three with one bit turned, or without its end; the others as they are. */
  public static Bytes sometimes(Bytes datagram, Random random) {
    if (random.nextInt(3) != 0) {
      return datagram;
    }
    byte[] octets = datagram.toArray();
    if (random.nextBoolean()) {
      octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
      return Bytes.wrap(octets);
    }
    return Bytes.copyOf(octets, 0, random.nextInt(octets.length));
  }
}
