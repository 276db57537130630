// SPDX-License-Identifier: Apache-2.0
/**
 * What pool elements and pool users say to each other beside their data (RFC 5352 sections 3.8,
 * 3.9): without sockets, for a carrier that has room for it. DHCP over UDP has none.
 */
package io.leasehold.rserpool.control;
