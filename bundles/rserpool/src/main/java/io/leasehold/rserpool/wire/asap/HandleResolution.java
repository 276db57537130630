// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.wire.asap;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.ParameterReader;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.RequestedItems;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Somebody asks who is in a pool (RFC 5352 section 2.2.5).
 *
 * @param updates whether it wants to be told of changes
 * @param handle the pool
 * @param items how many pool elements it wants at most, 1 to 2^32-1, if it says so
 */
public record HandleResolution(boolean updates, PoolHandle handle, OptionalLong items)
    implements AsapMessage {
  private static final int UPDATES = 0x01;

  /** Refuses numbers that do not fit. */
  public HandleResolution {
    Objects.requireNonNull(handle);
    if (items.isPresent() && Unsigned.u32(items.getAsLong(), "requested items") == 0) {
      throw new IllegalArgumentException("at least one item is requested");
    }
  }

  /** To want none is to say nothing. */
  static HandleResolution read(int flags, ParameterReader in) {
    PoolHandle handle = in.one(PoolHandle.FORMAT);
    long items = in.optional(RequestedItems.FORMAT).orElse(0L);
    return new HandleResolution(
        (flags & UPDATES) != 0, handle, items == 0 ? OptionalLong.empty() : OptionalLong.of(items));
  }

  @Override
  public int type() {
    return HANDLE_RESOLUTION;
  }

  @Override
  public Bytes encode() {
    return new MessageWriter(HANDLE_RESOLUTION, updates ? UPDATES : 0)
        .add(handle)
        .add(
            items.isPresent()
                ? Optional.of(new RequestedItems(items.getAsLong()))
                : Optional.empty())
        .encode();
  }
}
