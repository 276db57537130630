// SPDX-License-Identifier: Apache-2.0
/** Where a relay agent sends messages on: which uplinks, how they are, and how they answer. */
package io.leasehold.relay.agent.upstream;
