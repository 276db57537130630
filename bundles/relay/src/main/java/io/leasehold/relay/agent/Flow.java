// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.net.Bytes;

/**
 * Who speaks with whom.
 *
 * @param client octets that are the same in every message of a client; empty if nobody asks
 * @param server identifier of the server that the message is for or from; empty if there is none
 * @param answered whether a server that it is for has to answer; false if nobody asks
 */
public record Flow(Bytes client, Bytes server, boolean answered) {
  /** Nothing is known. */
  public static final Flow UNKNOWN = new Flow(Bytes.EMPTY, Bytes.EMPTY);

  /** Without a word about answers. */
  public Flow(Bytes client, Bytes server) {
    this(client, server, false);
  }
}
