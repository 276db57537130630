// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

/**
 * A text to read.
 *
 * @param name what findings call it, usually its path
 * @param text all of it
 */
public record Document(String name, String text) {}
