// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

/**
 * How long a client asks.
 *
 * @param pattern when it repeats
 * @param deadlineMillis when it gives up at the latest, in milliseconds since 1970
 * @param whenOver what it does then
 */
record Patience(Retransmission pattern, long deadlineMillis, Runnable whenOver) {}
