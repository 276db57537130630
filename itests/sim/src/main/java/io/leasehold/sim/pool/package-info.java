// SPDX-License-Identifier: Apache-2.0
/**
 * Registrars, pool elements and pool users in a world of one seed, with connections that break,
 * machines that fail, and peers that lie.
 */
package io.leasehold.sim.pool;
