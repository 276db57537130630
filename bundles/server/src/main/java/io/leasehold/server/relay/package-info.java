// SPDX-License-Identifier: Apache-2.0
/**
 * Who may speak for clients: policy for relay agents, what of their messages is taken in, and which
 * of them were seen.
 */
package io.leasehold.server.relay;
