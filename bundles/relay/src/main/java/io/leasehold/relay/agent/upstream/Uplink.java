// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.net.Bytes;
import io.leasehold.relay.agent.UplinkSettings;
import io.leasehold.security.Assurance;

/** A way to a server, or to a relay agent nearer to it. Any thread; nothing blocks. */
public interface Uplink {
  /** As configured. */
  UplinkSettings settings();

  /** Whether and how messages would pass now. */
  State state(long nowMillis);

  /**
   * Sends a message.
   *
   * @return false if it could not be sent
   */
  boolean send(Bytes message, long nowMillis);

  /** It does not answer: connects anew, if it is a connection. */
  void renew();

  /**
   * How an uplink is.
   *
   * @param obstacle why no message passes; empty if they do
   * @param assurance what the hop vouches for
   */
  record State(String obstacle, Assurance assurance) {
    /** Messages pass. */
    public static State up(Assurance assurance) {
      return new State("", assurance);
    }

    /** They do not. */
    public static State down(String obstacle) {
      return new State(obstacle, Assurance.NONE);
    }

    /** Whether messages pass. */
    public boolean isUp() {
      return obstacle.isEmpty();
    }
  }
}
