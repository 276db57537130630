// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.config;

import io.leasehold.hop.ListenSpec;
import io.leasehold.registrar.asap.AnnounceSettings;
import io.leasehold.registrar.asap.AsapSettings;
import io.leasehold.registrar.enrp.EnrpSettings;
import io.leasehold.rserpool.space.SpaceLimits;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A registrar as its file has it.
 *
 * @param isSecure whether it takes part by protected connections only
 * @param places where it listens
 * @param asap how it serves pool elements and pool users
 * @param enrp how it takes part among registrars
 * @param space how large the handlespace may grow
 * @param announced how it announces itself; none if it does not
 */
public record RegistrarSettings(
    boolean isSecure,
    List<ListenSpec> places,
    AsapSettings asap,
    EnrpSettings enrp,
    SpaceLimits space,
    Optional<AnnounceSettings> announced) {
  /** Keeps the list. */
  public RegistrarSettings {
    places = List.copyOf(places);
    Objects.requireNonNull(asap);
    Objects.requireNonNull(enrp);
    Objects.requireNonNull(space);
    Objects.requireNonNull(announced);
  }
}
