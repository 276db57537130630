// SPDX-License-Identifier: Apache-2.0
/** The relay agent, without sockets and clocks. */
package io.leasehold.relay.agent;
