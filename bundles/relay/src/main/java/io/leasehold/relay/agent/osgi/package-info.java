// SPDX-License-Identifier: Apache-2.0
/** Components of the relay agent. */
package io.leasehold.relay.agent.osgi;
