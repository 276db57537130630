// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.io.IOException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Puts routes to delegated prefixes in place (RFC 8987 section 4.1). Called on a thread of the
 * relay agent that may block.
 */
@ConsumerType
public interface RouteSink {
  /** Name for operators. */
  String name();

  /**
   * Adds a route, in place of one to the same prefix.
   *
   * @param nextHop link-local address of the client
   * @throws IOException if that cannot be done now; it is tried again
   */
  void add(Prefix prefix, Ipv6 nextHop, String interfaceName) throws IOException;

  /** Removes a route; none is there afterwards, whether there was one or not. */
  void remove(Prefix prefix, Ipv6 nextHop, String interfaceName) throws IOException;
}
