// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;

/**
 * Takes datagrams, and says in which way they came. Those that waited are as good as others: it may
 * be strangers who made them wait, and what peers say must not be dropped for it.
 */
final class Arrivals implements Inbound {
  /** Takes one of them. */
  @FunctionalInterface
  interface Taker {
    /** A datagram; what it holds is to be handed over in the same way. */
    void take(Bytes datagram, Path path, Delivery delivery);
  }

  private final Taker taker;
  private final Inbound receiver;

  /**
   * Arrivals.
   *
   * @param receiver of the messages in the datagrams
   */
  Arrivals(Taker taker, Inbound receiver) {
    this.taker = taker;
    this.receiver = receiver;
  }

  @Override
  public void message(Bytes message, Path path) {
    taker.take(message, path, Delivery.SINGLE);
  }

  @Override
  public void gather(Bytes message, Path path) {
    taker.take(message, path, Delivery.GATHERED);
  }

  @Override
  public void gathered() {
    receiver.gathered();
  }
}
