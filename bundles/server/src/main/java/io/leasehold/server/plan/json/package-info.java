// SPDX-License-Identifier: Apache-2.0
/**
 * Reads plan documents, which are written in the format of Kea's configuration files, and compiles
 * them into a {@link io.leasehold.server.plan.ServerPlan}. Everything wrong is found in one go and
 * reported with its place.
 */
package io.leasehold.server.plan.json;
