// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.Objects;

/**
 * A pool element enters its pool, or stays in it (RFC 5352 section 2.2.1).
 *
 * @param handle its pool
 * @param element itself
 */
public record Registration(PoolHandle handle, PoolElement element) implements AsapMessage {
  /** Keeps both. */
  public Registration {
    Objects.requireNonNull(handle);
    Objects.requireNonNull(element);
  }

  static Registration read(ParameterReader in) {
    return new Registration(in.one(PoolHandle.FORMAT), in.one(PoolElement.FORMAT));
  }

  /** Which pool element. */
  public ElementKey key() {
    return new ElementKey(handle, element.identifier());
  }

  @Override
  public int type() {
    return REGISTRATION;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(REGISTRATION, 0).add(handle).add(element).encode();
  }
}
