// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.pool;

import io.leasehold.failover.effect.Moment;

/** Says to the partner what {@link PoolBalance} wants to say. On the thread of the relationship. */
public interface PoolListener {
  /** Sends POOLREQ. */
  void onPoolWanted(Moment now);

  /**
   * Sends POOLRESP.
   *
   * @param id of the POOLREQ
   */
  void onPoolPromised(int id, Moment now);
}
