// SPDX-License-Identifier: Apache-2.0
/**
 * Connections of pools over SCTP (RFC 5352 section 2.1, RFC 5353 section 3.1) by the SCTP of the
 * JDK: one association a connection, one message of it a message.
 */
package io.leasehold.transport.sctp;
