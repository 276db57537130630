// SPDX-License-Identifier: Apache-2.0
/**
 * What the transports of connections have in common, whatever they run over: who is let in, what
 * may wait, what protects, what is logged.
 */
package io.leasehold.transport.connection;
