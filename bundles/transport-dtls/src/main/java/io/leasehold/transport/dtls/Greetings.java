// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.transport.datagram.Tokens;
import io.leasehold.transport.dtls.Counts.Count;
import java.util.Optional;

/**
 * Which datagrams from places without an association are looked at. Each costs a cookie, and who
 * sends it need not exist, so a flood of them must not take the time of those who are there. May be
 * used from any thread.
 */
final class Greetings {
  /** Looked at in a second, of strangers and of addresses from which a peer was known. */
  static final int PER_SECOND = 200;

  private Tokens ofStrangers;
  private Tokens ofKnown;

  Greetings(long now) {
    ofStrangers = new Tokens(PER_SECOND, now);
    ofKnown = new Tokens(PER_SECOND, now);
  }

  /**
   * Why a datagram is not looked at; empty if it is.
   *
   * @param known whether a peer was known at the address it comes from
   */
  synchronized Optional<Count> refusal(Bytes datagram, boolean known, long now) {
    if (!Records.isHandshake(datagram)) {
      return Optional.of(Count.STRAY);
    }
    Tokens tokens = (known ? ofKnown : ofStrangers).earned(PER_SECOND, PER_SECOND, now);
    if (known) {
      ofKnown = tokens.spent();
    } else {
      ofStrangers = tokens.spent();
    }
    return tokens.any() ? Optional.empty() : Optional.of(Count.REFUSED_GREETING_RATE);
  }
}
