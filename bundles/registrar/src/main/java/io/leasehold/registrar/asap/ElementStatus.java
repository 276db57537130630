// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the home of a pool element knows of it. Times are of the steady clock.
 *
 * @param peer who registered it, if that was proved
 * @param expires when its registration ends; {@link
 *     io.leasehold.rserpool.session.SessionEvents#NEVER} if it does not
 * @param answered when it answered last
 * @param reports by how many users it is said to be unreachable
 */
public record ElementStatus(
    Optional<String> peer, long expires, OptionalLong answered, int reports) {}
