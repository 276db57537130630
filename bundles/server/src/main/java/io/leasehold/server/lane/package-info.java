// SPDX-License-Identifier: Apache-2.0
/**
 * Lanes: each owns whole links and is the only writer of their leases. Requests go in, replies and
 * changes come out; whoever drives a lane makes the changes durable before it lets the replies go.
 */
package io.leasehold.server.lane;
