// SPDX-License-Identifier: Apache-2.0
/**
 * What a DHCPv4 datagram means before anybody looks at leases: whether it is valid, who sent it,
 * where that client is, and what it asks for. Stateless, on the thread that received it.
 */
package io.leasehold.server.v4.intake;
