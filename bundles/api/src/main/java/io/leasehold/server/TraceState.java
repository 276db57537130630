// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.time.Instant;

/**
 * How a trace stands.
 *
 * @param pattern which messages it keeps
 * @param until when it ends by itself
 * @param taken how many decisions it has kept
 * @param most with how many it ends by itself
 * @param running whether it keeps further ones
 */
public record TraceState(
    TracePattern pattern, Instant until, long taken, int most, boolean running) {}
