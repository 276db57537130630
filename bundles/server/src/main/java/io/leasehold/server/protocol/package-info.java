// SPDX-License-Identifier: Apache-2.0
/**
 * What DHCPv6 and DHCPv4 have in common on the way from a datagram to its answer. The lanes know
 * requests, places and outcomes; only the protocols know what is inside.
 */
package io.leasehold.server.protocol;
