// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.net.Bytes;

/**
 * Who speaks with whom.
 *
 * @param client octets that are the same in every message of a client; empty if nobody asks
 * @param server identifier of the server that the message is for or from; empty if there is none
 */
public record Flow(Bytes client, Bytes server) {
  /** Nothing is known. */
  public static final Flow UNKNOWN = new Flow(Bytes.EMPTY, Bytes.EMPTY);
}
