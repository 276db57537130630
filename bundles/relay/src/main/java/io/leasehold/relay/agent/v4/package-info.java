// SPDX-License-Identifier: Apache-2.0

/**
 * The rules of a DHCPv4 relay agent: RFC 1542 section 4, RFC 2131 section 4.1, and its option (RFC
 * 3046 and those that add sub-options).
 */
package io.leasehold.relay.agent.v4;
