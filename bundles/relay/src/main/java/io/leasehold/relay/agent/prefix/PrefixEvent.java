// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.relay.agent.DropReason;
import java.util.Locale;

/** What is counted about delegated prefixes. */
enum PrefixEvent implements DropReason {
  /** A client got a prefix. */
  PREFIX_DELEGATED,
  /** A client has a prefix for longer. */
  PREFIX_RENEWED,
  /** A client gave a prefix back. */
  PREFIX_RELEASED,
  /** A server took a prefix back. */
  PREFIX_WITHDRAWN,
  /** A prefix came to its end. */
  PREFIX_EXPIRED,
  /** A client has as many as it may (RFC 8987 G-5). */
  PREFIX_OVER_CLIENT_LIMIT,
  /** An interface has as many as it may (RFC 8987 G-6). */
  PREFIX_OVER_INTERFACE_LIMIT,
  /** A server said what cannot be. */
  PREFIX_UNREADABLE,
  /** The client has no link-local address that a route could go to. */
  PREFIX_WITHOUT_NEXT_HOP,
  /** A route was put in place. */
  ROUTE_ADDED,
  /** A route was removed. */
  ROUTE_REMOVED,
  /** A route could not be changed, and is tried again. */
  ROUTE_FAILED,
  /** Prefixes could not be made durable, which is tried again. */
  PREFIX_WRITE_FAILED;

  @Override
  public String counter() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
