// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

/** What a channel runs over. */
public enum Carrier {
  /** Octets in order: TCP, SCTP. */
  STREAM,
  /** Datagrams that the channel protects itself, one message each. */
  DATAGRAM,
  /** Plain datagrams; the network below protects them, or nothing does. */
  NETWORK
}
