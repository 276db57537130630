// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.ListenSpec;
import io.leasehold.security.PeerSelector;
import java.time.Duration;
import java.util.List;

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
   * As it is configured: {@code tls://*} has port 3864 or 9902, {@code tcp://*} has port 3863 or
   * 9901 and no protection.
   *
   * @throws IllegalArgumentException if it has another scheme
   */
  public static ListenSpec of(
      Application application, HopUri place, String channel, PeerSelector expected) {
    boolean inClear = place.scheme().equals("tcp");
    if (!inClear && !place.scheme().equals("tls")) {
      throw new IllegalArgumentException(
          "'%s://%s' is no place for %s; accepted are tls:// and, without protection, tcp://"
              .formatted(place.scheme(), place.host(), application.protocolName()));
    }
    return new ListenSpec(
        application,
        List.of(place.host()),
        place.portFor(application),
        channel,
        expected,
        LIMITS,
        inClear);
  }
}
