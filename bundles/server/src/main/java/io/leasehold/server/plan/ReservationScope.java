// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

/**
 * Which reservations a subnet's clients may have.
 *
 * @param inSubnet those made in the subnet
 * @param outOfPool promises that reserved addresses are outside the pools, so that allocation need
 *     not look
 * @param global those made for all subnets
 */
public record ReservationScope(boolean inSubnet, boolean outOfPool, boolean global) {}
