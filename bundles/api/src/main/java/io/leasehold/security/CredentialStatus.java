// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

import java.time.Instant;
import java.util.Optional;

/**
 * A credential as operators see it; nothing here is secret.
 *
 * @param name in the configuration
 * @param kind {@code certificate}, {@code psk} or {@code trust}
 * @param usable whether it can be used
 * @param detail fingerprint, identity or names; if it is not usable, why
 * @param notAfter when it ends, if it does
 * @param lastUsed when a channel was last established with it; empty: not since the start
 */
public record CredentialStatus(
    String name,
    String kind,
    boolean usable,
    String detail,
    Optional<Instant> notAfter,
    Optional<Instant> lastUsed) {}
