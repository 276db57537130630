// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.core;

import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import java.util.List;

/**
 * What other registrars cause, told to the side of ASAP after it is in the handlespace. Costs
 * little; may be told of the same thing more than once.
 */
public interface PoolChanges {
  /**
   * Members of a pool came, changed or went, or the pool itself did: subscribers are told. A change
   * of home alone is none.
   */
  void changed(PoolHandle pool, long now);

  /**
   * This registrar owns these from now on (RFC 5353 section 3.5.2): each is asked whether it is
   * there, and told who its home is.
   */
  void tookOver(List<ElementKey> taken, long now);

  /**
   * Another registrar owns what this one did. If it is connected here it is told, so that it
   * registers here again if this is where it is.
   */
  void lost(ElementKey key, long now);

  /**
   * Whether a pool element that is registered here has a connection with this registrar now. Asked
   * when two registrars own it, as after they have taken each other over; nothing else tells which
   * of them it is with.
   */
  boolean isConnected(ElementKey key);

  /**
   * The handlespace is whole now, see {@link Federation#isReady}; or it is no longer. When it no
   * longer is, connections of ASAP are closed.
   */
  void readiness(boolean isReady, long now);
}
