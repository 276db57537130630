// SPDX-License-Identifier: Apache-2.0
/**
 * Two servers that share their clients (RFC 8156), as they ship but for their stores, in a world of
 * one seed: crashes, lost disks, cut connections, wrong clocks and operators, and those who watch
 * over what is promised.
 */
package io.leasehold.sim.pair;
