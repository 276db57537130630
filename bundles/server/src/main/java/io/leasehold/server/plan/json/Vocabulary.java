// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

/**
 * What the names in an object of the plan stand for.
 *
 * @param options definitions of options
 * @param classes numbers of classes
 */
record Vocabulary(OptionDefinitions options, ClassNumbers classes) {}
