// SPDX-License-Identifier: Apache-2.0
/**
 * The address plan: immutable, validated, and inherited values resolved, so that whoever serves a
 * packet only looks things up.
 */
package io.leasehold.server.plan;
