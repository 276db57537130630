// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.policy.PoolOrder;
import io.leasehold.rserpool.space.Pool;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.PoolMessage;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Names the members of a pool to its users (RFC 5352 section 3.3). Of the registrar's thread. */
final class Listing {
  private final Premises premises;
  private final AsapSettings settings;

  Listing(Premises premises, AsapSettings settings) {
    this.premises = premises;
    this.settings = settings;
  }

  /** Whether who asks, and when, makes no difference. */
  boolean isSameForAll(PoolHandle handle) {
    return premises
        .space()
        .pool(handle)
        .map(
            pool ->
                pool.policy().policyType() == PolicyType.CLIENT_HASH
                    || pool.policy().policyType() == PolicyType.PRIORITY)
        .orElse(true);
  }

  /**
   * The answer for a pool, or that there is none.
   *
   * @param items how many members are wanted, if that was said
   * @param updates whether changes will be told
   */
  HandleResolutionResponse answer(PoolHandle handle, OptionalLong items, boolean updates) {
    Optional<Pool> pool = premises.space().pool(handle);
    if (pool.isEmpty()) {
      return new HandleResolutionResponse(
          updates,
          handle,
          Optional.empty(),
          List.of(),
          Optional.of(OperationError.of(ErrorCause.UNKNOWN_POOL_HANDLE)));
    }
    PoolPolicy policy = pool.get().policy();
    int most = PoolOrder.items(policy.policyType(), items, settings.fewItems(), settings.items());
    boolean isSaid = policy.policyType() != PolicyType.ROUND_ROBIN;
    int room =
        PoolMessage.MAX_LENGTH
            - PoolMessage.HEADER_LENGTH
            - handle.paddedLength()
            - policy.paddedLength();
    return new HandleResolutionResponse(
        updates,
        handle,
        isSaid ? Optional.of(policy) : Optional.empty(),
        within(room, pool.get().select(most)),
        Optional.empty());
  }

  /** As many as fit into a message. */
  private static List<PoolElement> within(int room, List<PoolElement> elements) {
    int octets = 0;
    for (int i = 0; i < elements.size(); i++) {
      octets += elements.get(i).paddedLength();
      if (octets > room) {
        return elements.subList(0, i);
      }
    }
    return elements;
  }
}
