// SPDX-License-Identifier: Apache-2.0
/**
 * What DHCPv6 and DHCPv4 have in common when they answer: what the plan has for a client, and what
 * becomes of its leases.
 */
package io.leasehold.server.answer;
