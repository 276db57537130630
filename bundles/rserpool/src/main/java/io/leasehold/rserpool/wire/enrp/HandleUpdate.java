// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.enrp;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.util.Objects;

/**
 * A registrar tells of a pool element that it owns (RFC 5353 section 2.4).
 *
 * @param sender identifier of who sends it, 32 bits
 * @param receiver identifier of whom it is for, 32 bits; 0 for everybody
 * @param action {@link #ADD_PE}, {@link #DEL_PE}; others have no effect
 * @param handle the pool
 * @param element the whole pool element
 */
public record HandleUpdate(
    long sender, long receiver, int action, PoolHandle handle, PoolElement element)
    implements EnrpMessage {
  /** It was registered, or has changed. */
  public static final int ADD_PE = 0;

  /** It is gone. */
  public static final int DEL_PE = 1;

  /** Refuses numbers that do not fit. */
  public HandleUpdate {
    Unsigned.u32(sender, "sender");
    Unsigned.u32(receiver, "receiver");
    Unsigned.u16(action, "action");
    Objects.requireNonNull(handle);
    Objects.requireNonNull(element);
  }

  static HandleUpdate read(Ends ends, ParameterReader in) {
    int action = in.u16();
    in.u16();
    return new HandleUpdate(
        ends.sender(),
        ends.receiver(),
        action,
        in.one(PoolHandle.FORMAT),
        in.one(PoolElement.FORMAT));
  }

  /** Which pool element. */
  public ElementKey key() {
    return new ElementKey(handle, element.identifier());
  }

  @Override
  public int type() {
    return HANDLE_UPDATE;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(HANDLE_UPDATE, 0)
        .u32(sender)
        .u32(receiver)
        .u16(action)
        .u16(0)
        .add(handle)
        .add(element)
        .encode();
  }
}
