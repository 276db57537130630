// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.expression;

/** A part of an expression: a condition or a value. */
sealed interface Node permits Check, Term {}
