// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.net.Bytes;
import io.leasehold.security.Assurance;
import io.leasehold.transport.Destination;

/** What an {@link Agent} wants done. */
public sealed interface Effect {
  /**
   * Send a datagram to a client, or to a relay agent that is farther from the server.
   *
   * @param interfaceName out of which it goes; empty: the one that the system would choose
   */
  record ToClient(String interfaceName, Destination to, Bytes message) implements Effect {}

  /**
   * Send on the connection of a relay agent that is farther from the server.
   *
   * @param way as it was remembered
   */
  record ToBelow(String way, Bytes message) implements Effect {}

  /**
   * Send to servers.
   *
   * @param flow by which messages of one client are kept together
   * @param origin what the way it came vouches for
   */
  record ToUpstream(Bytes message, Flow flow, Assurance origin) implements Effect {}

  /** The way the message came in is the way to reach somebody, until told otherwise. */
  record Remember(String way) implements Effect {}

  /** A server has answered; {@link Flow#server} says which. */
  record Answered(Flow flow) implements Effect {}

  /** Nothing is sent; the reason is counted. */
  record Drop(DropReason reason) implements Effect {}

  /** Something beside the messages is counted. */
  record Count(DropReason what) implements Effect {}

  /**
   * Operators should know.
   *
   * @param key in kebab case; a later alarm of the key takes the place of this one
   * @param sentence for people; text from outside has been made harmless
   */
  record Alarm(String key, String sentence) implements Effect {}
}
