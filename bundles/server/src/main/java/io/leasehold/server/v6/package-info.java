// SPDX-License-Identifier: Apache-2.0
/**
 * DHCPv6 conversations: what a datagram means ({@code Dhcp6Intake}) and what the server says to it
 * ({@code Dhcp6Handler}). Rules carry the section of RFC 8415 they come from; RFC 9915 overrides it
 * where it obsoletes temporary addresses and unicast from clients.
 */
package io.leasehold.server.v6;
