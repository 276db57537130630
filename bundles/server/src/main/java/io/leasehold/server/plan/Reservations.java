// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Prefix;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reservations, found by client and by what is reserved. A plan has the same object as the plan
 * before where it reserves the same. Immutable.
 */
public final class Reservations {
  /** None. */
  public static final Reservations NONE = new Reservations(List.of());

  private final List<Reservation> all;
  private final Map<HostIdentifier, Reservation> byIdentifier = new HashMap<>();
  private final Map<Prefix, Reservation> byPrefix = new HashMap<>();

  /**
   * Indexes reservations. Identifiers and resources must be unique, which the compiler has checked.
   */
  public Reservations(Collection<Reservation> reservations) {
    all = List.copyOf(reservations);
    for (Reservation reservation : all) {
      byIdentifier.put(reservation.identifier(), reservation);
      reservation
          .addresses()
          .forEach(address -> byPrefix.put(new Prefix(address, 128), reservation));
      reservation.prefixes().forEach(prefix -> byPrefix.put(prefix, reservation));
    }
  }

  /** All, in the order of the plan. */
  public List<Reservation> all() {
    return all;
  }

  /** The reservation of a client. */
  public Optional<Reservation> of(HostIdentifier identifier) {
    return Optional.ofNullable(byIdentifier.get(identifier));
  }

  /** The reservation that keeps an address (a prefix of length 128) or a prefix. */
  public Optional<Reservation> of(Prefix resource) {
    return Optional.ofNullable(byPrefix.get(resource));
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return all.isEmpty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Reservations that && all.equals(that.all);
  }

  @Override
  public int hashCode() {
    return all.hashCode();
  }
}
