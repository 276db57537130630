// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

/**
 * What an edit does to a document.
 *
 * @param document name of the document
 * @param lines the lines that change with some around them, as {@code diff -u} shows them
 * @param difference what the changed plan is
 * @param applied whether the document has been written and the plan is in force
 */
public record PlanPatch(
    String document, String lines, PlanDifference difference, boolean applied) {}
