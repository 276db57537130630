// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.explain;

import io.leasehold.server.plan.OptionSet;

/**
 * The options of one level of the plan.
 *
 * @param name what people call it
 * @param options its options
 */
public record OptionLevel(String name, OptionSet options) {}
