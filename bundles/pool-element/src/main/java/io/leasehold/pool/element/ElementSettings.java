// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.rserpool.hunt.HuntSettings;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;

/**
 * What a pool element is.
 *
 * @param name of the instance
 * @param pools which it joins, at least one, each once
 * @param hunt where registrars are
 * @param times how long it waits
 * @param stale for how long users of pools may not have heard that it has left
 */
public record ElementSettings(
    String name, List<Place> pools, HuntSettings hunt, ElementTimes times, Duration stale) {
  /**
   * A place in a pool.
   *
   * @param handle of the pool
   * @param policy by which it is joined
   * @param transport where users of the pool reach the server
   */
  public record Place(PoolHandle handle, MemberPolicy policy, TransportParameter transport) {
    /** Rejects null. */
    public Place {
      Objects.requireNonNull(handle);
      Objects.requireNonNull(policy);
      Objects.requireNonNull(transport);
    }
  }

  /** Refuses to have no pool, or one twice. */
  public ElementSettings {
    Objects.requireNonNull(name);
    pools = List.copyOf(pools);
    Objects.requireNonNull(hunt);
    Objects.requireNonNull(times);
    Objects.requireNonNull(stale);
    HashSet<PoolHandle> seen = new HashSet<>();
    for (Place each : pools) {
      if (!seen.add(each.handle())) {
        throw new IllegalArgumentException("pool " + each.handle() + " is joined twice");
      }
    }
    if (pools.isEmpty()) {
      throw new IllegalArgumentException("no pool is to be joined");
    }
  }
}
