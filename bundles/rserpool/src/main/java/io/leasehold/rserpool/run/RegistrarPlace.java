// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.ListenSpec;
import io.leasehold.security.PeerSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where a registrar listens. */
public final class RegistrarPlace {
  /**
   * Of connections whose peer is not known yet there are few, for a short time (RFC 5355 section
   * 2.1). Silence ends none: the core has keep-alives of its own.
   */
  public static final HopLimits LIMITS =
      new HopLimits(
          150, 16, 16, Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ZERO, Duration.ZERO);

  private RegistrarPlace() {}

  /**
   * As it is configured: {@code tls://*} has port 3864 or 9902; {@code tcp://*} and {@code
   * sctp://*} have port 3863 or 9901, and no protection.
   *
   * @throws IllegalArgumentException if it has another scheme
   */
  public static ListenSpec of(
      Application application, HopUri place, String channel, PeerSelector expected) {
    if (!place.isInClear() && !place.scheme().equals("tls")) {
      throw new IllegalArgumentException(
          "'%s://%s' is no place for %s; accepted are tls:// and, without protection, tcp:// and sctp://"
              .formatted(place.scheme(), place.host(), application.protocolName()));
    }
    return new ListenSpec(
        application,
        List.of(place.host()),
        place.portFor(application),
        channel,
        expected,
        LIMITS,
        place.isInClear(),
        place.transport());
  }

  /**
   * Those of SCTP on one port as one place, so that associations have all its addresses (RFC 5352
   * section 2.1); the others as they are.
   */
  public static List<ListenSpec> together(List<ListenSpec> places) {
    Map<Object, ListenSpec> all = new LinkedHashMap<>();
    for (ListenSpec each : places) {
      boolean isMultiHomed = each.transport().equals(HopUri.SCTP);
      all.merge(isMultiHomed ? each.port() : each, each, RegistrarPlace::both);
    }
    return List.copyOf(all.values());
  }

  private static ListenSpec both(ListenSpec one, ListenSpec other) {
    List<String> hosts = new ArrayList<>(one.places());
    hosts.addAll(other.places());
    return new ListenSpec(
        one.application(),
        hosts,
        one.port(),
        one.channel(),
        one.expected(),
        one.limits(),
        one.inClear(),
        one.transport());
  }
}
