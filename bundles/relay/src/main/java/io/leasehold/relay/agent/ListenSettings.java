// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.ListenSpec;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.util.List;

/**
 * Where connections of relay agents farther from the server are accepted.
 *
 * @param uri as configured
 * @param scheme of it
 * @param spec for the transport
 */
public record ListenSettings(String uri, String scheme, ListenSpec spec) {
  /** Of a hop that is not of datagrams. */
  static ListenSettings of(String text, HopUri uri, Application application, String channel) {
    UplinkSettings.requireCarrier(text, uri);
    String peer = uri.parameters().getOrDefault("peer", "");
    return new ListenSettings(
        text,
        uri.scheme(),
        new ListenSpec(
            application,
            List.of(uri.host()),
            uri.portFor(application),
            channel,
            peer.isEmpty()
                ? PeerSelector.anyOf(PeerRole.RELAY)
                : PeerSelector.only(peer, PeerRole.RELAY),
            HopLimits.USUAL,
            uri.isInClear(),
            uri.transport()));
  }

  /** Name of the transport of connections. */
  public String transport() {
    return UplinkSettings.transport(scheme);
  }
}
