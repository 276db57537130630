// SPDX-License-Identifier: Apache-2.0
/**
 * DHCPv4 (RFC 2131): what is said to a client, given its message and the leases of its link. Called
 * on the thread that owns the leases; what a message means before that is found out in {@code
 * intake}.
 */
package io.leasehold.server.v4;
