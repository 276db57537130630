// SPDX-License-Identifier: Apache-2.0
/**
 * How members of pools are chosen, by registrars and by pool users (RFC 5356), and the policy that
 * keeps clients of DHCP with the servers that know them. Chance comes in by parameter.
 */
package io.leasehold.rserpool.policy;
