// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6.intake;

import io.leasehold.codec.option.Option;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.OptionRequest;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Duid;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Link;
import java.util.List;

/**
 * A valid message of a client, and what can be told about it without looking at leases. Immutable.
 *
 * @param arrival how it came
 * @param relays the Relay-forward messages around it, outermost first
 * @param message the message
 * @param client who sent it
 * @param placeOrNull where the client is; null if the plan does not know its link
 * @param associations identity associations in it
 * @param requested options the client asks for
 * @param supplied options that relay agents have for the client (RFC 6422)
 */
public record Dhcp6Request(
    Arrival arrival,
    List<RelayMessage> relays,
    ClientServerMessage message,
    Client client,
    Place placeOrNull,
    List<IdentityAssociation> associations,
    OptionRequest requested,
    List<Option> supplied) {

  /** The message type. */
  public int type() {
    return message.type();
  }

  /** The client's DUID; null in an Information-request that does not say. */
  public Duid clientOrNull() {
    return client.duidOrNull();
  }

  /** The client's link; null if the plan does not know it. */
  public Link linkOrNull() {
    return placeOrNull == null ? null : placeOrNull.link();
  }

  /** What reservations may know the client by. */
  public List<HostIdentifier> identifiers() {
    return client.identifiers();
  }

  /** Whether it goes first when there is too much to do: nobody loses a lease by it. */
  public boolean droppableFirst() {
    return message.type() == Dhcp6MessageType.SOLICIT
        || message.type() == Dhcp6MessageType.INFORMATION_REQUEST;
  }
}
