// SPDX-License-Identifier: Apache-2.0

/**
 * Simulation: one queue of events, virtual time, a network and a store with faults, and scripted
 * DHCPv6 clients. One seed gives one history, byte for byte. One thread.
 */
package io.leasehold.testkit.sim;
