// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopUri;
import io.leasehold.net.Ipv6;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A registrar that is known of, and where it may be.
 *
 * @param name as configured or announced, for people
 * @param to how it is reached, and who must be there
 */
public record KnownRegistrar(String name, ConnectSpec to) {
  private static final Set<String> PARAMETERS = Set.of("channel", "peer");

  /** Nothing is missing. */
  public KnownRegistrar {
    Objects.requireNonNull(name);
    Objects.requireNonNull(to);
  }

  /**
   * Reads one as configured: {@code tls://[2001:db8::9]}, {@code tls://192.0.2.9:3864?peer=reg1},
   * {@code tcp://192.0.2.9} for one that nothing protects.
   *
   * @param channel of those that name none
   * @throws IllegalArgumentException saying what is wrong and what is accepted
   */
  public static KnownRegistrar parse(String text, String channel) {
    HopUri uri = HopUri.parse(text);
    boolean inClear = uri.isInClear();
    if (!inClear && !uri.scheme().equals("tls")) {
      throw refused(text, "accepted is tls://, or tcp:// and sctp:// without protection");
    }
    if (!PARAMETERS.containsAll(uri.parameters().keySet())) {
      throw refused(text, "accepted behind ? are channel=NAME and peer=NAME");
    }
    String protection = uri.parameters().getOrDefault("channel", channel);
    if (protection.isEmpty()) {
      throw refused(text, "a channel is needed; set channel, or write ?channel=NAME");
    }
    return new KnownRegistrar(
        text,
        new ConnectSpec(
            Application.ASAP,
            address(text, uri),
            uri.portFor(Application.ASAP),
            protection,
            new PeerSelector(
                Optional.ofNullable(uri.parameters().get("peer")), Set.of(PeerRole.ENRP_SERVER)),
            false,
            inClear,
            uri.transport()));
  }

  /**
   * One that an announcement has. It must prove what it is, whoever it is: what is announced is
   * never reached in clear.
   */
  static KnownRegistrar announced(Ipv6 address, int port, String channel) {
    return new KnownRegistrar(
        "tls://" + (address.isMapped() ? address : "[" + address + "]") + ":" + port,
        new ConnectSpec(
            Application.ASAP,
            address,
            port,
            channel,
            PeerSelector.anyOf(PeerRole.ENRP_SERVER),
            false));
  }

  private static Ipv6 address(String text, HopUri uri) {
    try {
      return Ipv6.ofText(uri.host());
    } catch (IllegalArgumentException e) {
      throw refused(text, "accepted is an address, 192.0.2.9 or [2001:db8::9]");
    }
  }

  private static IllegalArgumentException refused(String text, String accepted) {
    return new IllegalArgumentException("'" + text + "' is no registrar; " + accepted);
  }

  /** Whether both are the same place, whatever they are called. */
  boolean isAt(KnownRegistrar other) {
    return to.remote().equals(other.to.remote())
        && to.port() == other.to.port()
        && to.transport().equals(other.to.transport());
  }
}
