// SPDX-License-Identifier: Apache-2.0
/** The rules of a DHCPv6 relay agent (RFC 8415 section 19, RFC 6221, RFC 8357). */
package io.leasehold.relay.agent.v6;
