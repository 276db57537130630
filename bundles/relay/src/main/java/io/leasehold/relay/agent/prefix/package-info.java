// SPDX-License-Identifier: Apache-2.0

/**
 * Prefixes that are delegated through a relay agent (RFC 8987): remembered durably, routed, and
 * defended against clients that use those of others.
 */
package io.leasehold.relay.agent.prefix;
