// SPDX-License-Identifier: Apache-2.0
/**
 * What the server says to a DHCPv6 client and what that does to leases. Rules carry the section of
 * RFC 8415 they come from; RFC 9915 overrides it where it obsoletes temporary addresses and unicast
 * from clients.
 */
package io.leasehold.server.v6;
