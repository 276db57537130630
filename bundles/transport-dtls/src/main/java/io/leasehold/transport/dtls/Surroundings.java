// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.security.Channels;
import io.leasehold.transport.Transport;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * What the transport stands on.
 *
 * @param datagrams carries datagrams
 * @param channels protects them
 * @param nanos clock of deadlines
 * @param clock wall clock, for people
 * @param chance from 0 to 1, so that links do not connect all at once
 */
public record Surroundings(
    Transport datagrams,
    Channels channels,
    LongSupplier nanos,
    InstantSource clock,
    DoubleSupplier chance) {}
