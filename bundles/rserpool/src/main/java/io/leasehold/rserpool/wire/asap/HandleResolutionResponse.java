// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who is in a pool (RFC 5352 section 2.2.6).
 *
 * @param updates whether changes will be told on the same connection
 * @param handle the pool
 * @param policy how members are chosen, with values that mean nothing; see {@link #policyType()}
 * @param elements its members in the order that the policy gave them
 * @param error why there is no answer, if there is none
 */
public record HandleResolutionResponse(
    boolean updates,
    PoolHandle handle,
    Optional<PoolPolicy> policy,
    List<PoolElement> elements,
    Optional<OperationError> error)
    implements AsapMessage {
  private static final int UPDATES = 0x01;

  /** Keeps the lists. */
  public HandleResolutionResponse {
    Objects.requireNonNull(handle);
    Objects.requireNonNull(policy);
    elements = List.copyOf(elements);
    Objects.requireNonNull(error);
  }

  /** There is no answer, for that reason. */
  public static HandleResolutionResponse negative(PoolHandle handle, OperationError error) {
    return new HandleResolutionResponse(
        false, handle, Optional.empty(), List.of(), Optional.of(error));
  }

  static HandleResolutionResponse read(int flags, ParameterReader in) {
    return new HandleResolutionResponse(
        (flags & UPDATES) != 0,
        in.one(PoolHandle.FORMAT),
        in.optional(PoolPolicy.FORMAT),
        in.any(PoolElement.FORMAT),
        in.optional(OperationError.FORMAT));
  }

  /** Whether it says why there is no answer; then nothing else of it counts. */
  public boolean isNegative() {
    return error.isPresent();
  }

  /** The type of the pool's policy, see {@link PolicyType}: round robin if it is not said. */
  public long policyType() {
    return policy.map(PoolPolicy::policyType).orElse(PolicyType.ROUND_ROBIN);
  }

  @Override
  public int type() {
    return HANDLE_RESOLUTION_RESPONSE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(HANDLE_RESOLUTION_RESPONSE, updates ? UPDATES : 0)
        .add(handle)
        .add(policy)
        .add(elements)
        .add(error)
        .encode();
  }
}
