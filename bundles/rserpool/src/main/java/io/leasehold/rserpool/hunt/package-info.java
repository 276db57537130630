// SPDX-License-Identifier: Apache-2.0
/**
 * The hunt of pool elements and pool users for a registrar (RFC 5352 section 3.6). Without sockets,
 * clocks and threads: it hears what its core hears, and asks for connections by {@link
 * io.leasehold.rserpool.session.Sessions}.
 */
package io.leasehold.rserpool.hunt;
