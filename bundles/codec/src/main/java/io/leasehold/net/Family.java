// SPDX-License-Identifier: Apache-2.0
package io.leasehold.net;

/** An address family, and with it one of the two protocols. */
public enum Family {
  /** IPv6, served by DHCPv6 (RFC 8415). */
  IPV6,
  /** IPv4, served by DHCPv4 (RFC 2131). Its addresses are kept IPv4-mapped. */
  IPV4
}
