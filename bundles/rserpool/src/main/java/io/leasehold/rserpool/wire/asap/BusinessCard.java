// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.List;
import java.util.Objects;

/**
 * Who takes over if its sender fails (RFC 5352 section 2.2.13).
 *
 * @param handle the pool of the sender
 * @param elements in the order in which they are to be tried
 */
public record BusinessCard(PoolHandle handle, List<PoolElement> elements) implements AsapMessage {
  /** Keeps the list. */
  public BusinessCard {
    Objects.requireNonNull(handle);
    elements = List.copyOf(elements);
  }

  static BusinessCard read(ParameterReader in) {
    return new BusinessCard(in.one(PoolHandle.FORMAT), in.any(PoolElement.FORMAT));
  }

  @Override
  public int type() {
    return BUSINESS_CARD;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(BUSINESS_CARD, 0).add(handle).add(elements).encode();
  }
}
