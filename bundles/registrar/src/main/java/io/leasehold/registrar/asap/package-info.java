// SPDX-License-Identifier: Apache-2.0
/**
 * The registrar to pool elements and pool users (RFC 5352): who registers, who asks, who is alive.
 * Without sockets and clocks, on one thread.
 */
package io.leasehold.registrar.asap;
