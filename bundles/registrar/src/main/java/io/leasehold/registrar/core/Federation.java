// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.core;

import io.leasehold.pool.RegistrarControl;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.List;

/**
 * The registrars of an operational scope, to the side of ASAP (RFC 5353). It hears of its own
 * connections only, those of ENRP.
 */
public interface Federation extends SessionEvents {
  /** Makes a federation within a registrar. */
  @FunctionalInterface
  interface Factory {
    /**
     * Joins.
     *
     * @param sessions connections, of which the federation hears what it opened and what speaks
     *     ENRP
     * @param changes to be told of what others say
     */
    Federation join(Sessions sessions, PoolChanges changes);
  }

  /** Identifier of this registrar, 1 to 2^32-1; it owns what is registered here. */
  long serverId();

  /** Whether the whole handlespace is here; until then no pool element or user is served. */
  boolean isReady();

  /** Why it is not ready, or what it does, a sentence. */
  String condition();

  /**
   * A pool element was registered here, again perhaps, and perhaps it was another registrar's. It
   * is in the handlespace with this registrar as its home; the others are to be told (RFC 5353
   * section 3.3.1).
   */
  void added(PoolHandle handle, PoolElement element, long now);

  /**
   * A pool element of this registrar is gone from the handlespace; the others are to be told (RFC
   * 5353 section 3.3.2).
   */
  void removed(PoolHandle handle, PoolElement element, long now);

  /** Every other registrar, by identifier. */
  List<RegistrarControl.Peer> peers(long now);
}
