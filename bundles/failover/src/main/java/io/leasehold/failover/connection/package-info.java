// SPDX-License-Identifier: Apache-2.0
/** One connection of a relationship: set-up, ids, keepalive (RFC 8156 sections 5 and 6). */
package io.leasehold.failover.connection;
