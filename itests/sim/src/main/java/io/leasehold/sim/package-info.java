// SPDX-License-Identifier: Apache-2.0

/**
 * The whole server in a simulated world: clients and relays of both protocols, the lanes, the
 * journal and its disk, with one clock and one seed; and the observer who knows what every client
 * was promised.
 */
package io.leasehold.sim;
