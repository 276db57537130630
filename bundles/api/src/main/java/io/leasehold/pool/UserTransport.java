// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

/** How pool users speak with a pool element (RFC 5354 sections 3.3 to 3.7 and 3.16). */
public enum UserTransport {
  /** Datagrams of UDP. */
  UDP,
  /** Connections of TCP; whether they are protected, the profile of the channel says. */
  TCP,
  /** Associations of SCTP. */
  SCTP,
  /** Something else: DCCP, UDP-Lite, opaque. */
  OTHER
}
