// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a relay agent for one family: messages in, effects out. Called by several threads at
 * once; never blocks, opens nothing and knows the time only from its caller.
 */
public interface Agent {
  /** What it speaks with servers, which also names the family and its ports. */
  Application application();

  /** Groups that clients send to. */
  List<Ipv6> groups();

  /** Whether a message is one that servers send to relay agents; only its first octets are read. */
  boolean isForUs(Bytes message);

  /**
   * Whether a message of a client begins a conversation, so that the client sends it again if
   * nothing comes of it; false if that cannot be told. Never throws.
   */
  boolean begins(Bytes message);

  /**
   * Decides about a message.
   *
   * @param nowMillis time since the epoch
   * @return what to do, in order; at least one effect
   * @throws io.leasehold.codec.MalformedPacketException if the octets are no message
   */
  List<Effect> arrived(Bytes message, Arrival arrival, long nowMillis);

  /**
   * A message to servers without what only confidential hops may carry: access-network identifiers
   * of relay agents (RFC 7839 section 7).
   *
   * @return the same object if there are none
   */
  Bytes withoutAccessIdentifiers(Bytes message);

  /**
   * Takes over what the agent before it has learned of ways back, so that answers which are on
   * their way while the configuration changes arrive. Before the first message.
   */
  void learnFrom(Agent before);

  /** Address by which servers know the link of an interface; empty while there is none. */
  Optional<Ipv6> linkAddress(String interfaceName);
}
