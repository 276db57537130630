// SPDX-License-Identifier: Apache-2.0
/**
 * A pool user (RFC 5352): what is known of pools, who is asked of them, and which member a client
 * is sent to. Without sockets, files, clocks and threads.
 */
package io.leasehold.pool.user.core;
