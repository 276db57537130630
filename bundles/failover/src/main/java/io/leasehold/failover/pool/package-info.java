// SPDX-License-Identifier: Apache-2.0
/** Which partner may give what, and for how long (RFC 8156 section 4). */
package io.leasehold.failover.pool;
