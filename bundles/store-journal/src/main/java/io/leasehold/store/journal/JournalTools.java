// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What a journal cannot make itself.
 *
 * @param identities gives a new store its identity
 * @param nanoTime a clock that only goes forward, in nanoseconds; used for intervals, never for
 *     order
 * @param workers threads for replays
 * @param pace holds background writing up
 */
public record JournalTools(
    Supplier<UUID> identities, LongSupplier nanoTime, Workers workers, Pace pace) {}
