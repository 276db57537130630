// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.time.Duration;

/**
 * How an interceptor does.
 *
 * @param name its name
 * @param bundle symbolic name of the bundle that it is from; empty if that is not known
 * @param enabled whether it is asked
 * @param reason why it is not; empty if it is
 * @param calls how often it was asked
 * @param failures how often it threw or answered nothing
 * @param overBudget how often it took longer than it should
 * @param total how long it took in all
 * @param longest how long it took at most
 */
public record InterceptorStatus(
    String name,
    String bundle,
    boolean enabled,
    String reason,
    long calls,
    long failures,
    long overBudget,
    Duration total,
    Duration longest) {}
