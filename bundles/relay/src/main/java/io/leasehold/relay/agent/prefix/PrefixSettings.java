// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.configuration.Keys;
import io.leasehold.net.Family;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.RelaySettings.Mode;

/**
 * How delegated prefixes are treated.
 *
 * @param remembered whether they are remembered at all
 * @param perClient most prefixes of a client on an interface (RFC 8987 G-5, G-7)
 * @param perInterface most prefixes on an interface (RFC 8987 G-6)
 * @param checked whether messages from addresses in prefixes of other clients are dropped
 * @param refreshMillis after which a route is put in place again, which may have gone with its
 *     interface; 0 for never
 */
public record PrefixSettings(
    boolean remembered, int perClient, int perInterface, boolean checked, long refreshMillis) {
  /** Nothing is remembered. */
  public static final PrefixSettings NONE = new PrefixSettings(false, 8, 4096, false, 0);

  /** Reads them; what is wrong is noted in the keys. For DHCPv4 there are none. */
  public static PrefixSettings read(RelaySettings relay, Keys keys) {
    if (relay.family() == Family.IPV4) {
      return NONE;
    }
    // RFC 6221: a lightweight relay agent routes nothing.
    return new PrefixSettings(
        keys.flag("prefixes.remember", relay.mode() == Mode.RELAY),
        keys.number("prefixes.per.client", 8, 1, 1024),
        keys.number("prefixes.per.interface", 4096, 1, 1_000_000),
        keys.flag("prefixes.check.sources", true),
        keys.number("routes.refresh.seconds", 600, 0, 86_400) * 1000L);
  }
}
