// SPDX-License-Identifier: Apache-2.0

/** Reaches the server's engine from a simulation, round by round and without threads. */
package io.leasehold.server.osgi;
