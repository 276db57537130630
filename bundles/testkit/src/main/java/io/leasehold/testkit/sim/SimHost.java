// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import java.util.Map;
import java.util.function.Predicate;

/** A simulated client of one of the two protocols. */
public interface SimHost {
  /** Its node on the network. */
  String name();

  /** Who it is to its server. */
  ClientIdentity identity();

  /** How many leases it would like to have. */
  int wants();

  /** What it believes to hold now, and until when (milliseconds since 1970). */
  Map<LeaseKey, Long> held();

  /** How often it was given something; between two such events it can only hold less and less. */
  long bindings();

  /** The IAID under which it holds something. */
  long iaidOf(LeaseKey key);

  /**
   * Says what its server may never take back before it ends: what no plan takes away. Everything,
   * if not said.
   */
  void lasting(Predicate<LeaseKey> other);

  /** Tells somebody what it believes from now on. */
  void tell(Beliefs listener);

  /** Switches it on after a while. */
  void start(long delayMillis);

  /** Has it give back what it holds now, if it holds anything. */
  void giveBack();

  /** From now on it neither gives back, declines, nor is switched off. */
  void rest();

  /** Switches it off for good, without a word to its server. */
  void leave();
}
