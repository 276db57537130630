// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Bytes;
import io.leasehold.server.expression.PacketFacts;
import io.leasehold.server.expression.Value;
import java.util.Objects;

/**
 * By what clients are known that an expression makes of their messages.
 *
 * @param expression makes the identifier
 * @param replacesClientId whether leases are kept for it in place of the identifier that a client
 *     sends
 * @param ignoresIaid whether the only identity association of a kind is the same whatever its
 *     number
 */
public record FlexId(Value expression, boolean replacesClientId, boolean ignoresIaid) {
  /** The most octets of an identifier; of what is longer nobody is known. */
  public static final int MAX_LENGTH = 128;

  /** Refuses null. */
  public FlexId {
    Objects.requireNonNull(expression);
  }

  /** The identifier of a message, without the rest of the message; empty if it has none. */
  public Bytes of(PacketFacts facts) {
    Bytes identifier = expression.of(facts);
    return identifier.length() > MAX_LENGTH ? Bytes.EMPTY : identifier.compact();
  }
}
