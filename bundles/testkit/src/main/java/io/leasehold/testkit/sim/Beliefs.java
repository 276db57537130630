// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.lease.LeaseKey;

/** Is told what simulated clients believe. */
public interface Beliefs {
  /** Nobody listens. */
  Beliefs UNHEARD =
      new Beliefs() {
        @Override
        public void holds(SimHost client, LeaseKey key, long sinceMillis, long untilMillis) {
          // Nobody listens.
        }

        @Override
        public void gives(SimHost client, LeaseKey key) {
          // Nobody listens.
        }

        @Override
        public void declines(SimHost client, LeaseKey key) {
          // Nobody listens.
        }
      };

  /**
   * A client was given something, or it was extended.
   *
   * @param sinceMillis when it began to ask, from which it counts
   * @param untilMillis how long it believes to hold it
   */
  void holds(SimHost client, LeaseKey key, long sinceMillis, long untilMillis);

  /** A client is about to give something back, or was told to stop using it. */
  void gives(SimHost client, LeaseKey key);

  /** A client is about to decline something. */
  void declines(SimHost client, LeaseKey key);

  /**
   * A client of DHCPv4 that has nothing asks for an address that it was offered. It uses no other
   * one that it had before it began anew.
   */
  default void selects(SimHost client, LeaseKey key) {}

  /** A client begins anew: it uses nothing, although it may ask for what it had. */
  default void begins(SimHost client) {}
}
