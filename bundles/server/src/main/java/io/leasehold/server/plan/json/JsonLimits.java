// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

/**
 * Bounds of what is read, so that no document exhausts the server.
 *
 * @param characters of all documents together, included ones each time they are
 * @param values of all documents together
 * @param depth of values within values
 * @param includes of documents within documents
 * @param errors after which reading a document ends
 */
record JsonLimits(long characters, long values, int depth, int includes, int errors) {
  /** About ten times what a plan of 5,000 subnets and 100,000 reservations takes. */
  static final JsonLimits STANDARD = new JsonLimits(200_000_000, 10_000_000, 64, 10, 20);
}
