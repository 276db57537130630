// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.time.Instant;

/**
 * Documents of a plan that the server has kept.
 *
 * @param number counts up; names the version
 * @param time when they were kept
 * @param digest names the content of their plan; empty if they make none
 * @param summary how much is in the plan
 * @param remark what brought them: a command and who gave it, or the start of the server
 * @param inForce whether the server serves by them now
 */
public record PlanVersion(
    long number, Instant time, String digest, String summary, String remark, boolean inForce) {}
