// SPDX-License-Identifier: Apache-2.0
/**
 * A load generator for DHCP servers and a server without a memory to measure it against. Messages
 * are prepared octets in which a few fields are replaced, many of them pass with one system call,
 * and nothing is allocated for one of them. Everything belongs to the thread that runs it.
 */
package io.leasehold.load;
