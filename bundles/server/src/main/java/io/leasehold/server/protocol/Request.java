// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.explain.Explanation;
import io.leasehold.server.expression.Membership;
import io.leasehold.server.expression.PacketFacts;
import io.leasehold.server.plan.ClassSet;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.Link;
import java.util.List;

/** A valid message of a client, and what the lanes have to know of it. Immutable. */
public interface Request {
  /** Its family. */
  Family family();

  /** How it came. */
  Arrival arrival();

  /** Is told what is decided about it. */
  default Explanation explanation() {
    return arrival().explanation();
  }

  /** The message itself. */
  Object message();

  /** Who sent it. */
  Requester client();

  /** Where the client is; null if the plan does not know its link. */
  Place placeOrNull();

  /**
   * To which classes the message alone makes its client belong. Whoever finds out more goes on with
   * a copy.
   */
  ClassSet classes();

  /** What expressions may ask of the message, and of the classes of its client. */
  PacketFacts facts(Membership membership);

  /** The client's link; null if the plan does not know it. */
  default Link linkOrNull() {
    return placeOrNull() == null ? null : placeOrNull().link();
  }

  /** What reservations may know the client by. */
  default List<HostIdentifier> identifiers() {
    return client().identifiers();
  }

  /** A number that spreads requests without a link. */
  int spread();

  /** Who asks, as far as that can be counted by; empty if it does not say. */
  default Bytes clientKey() {
    return client().identity().value();
  }

  /** At which port of which relay agent the client is; empty if it was not relayed. */
  Bytes relayPortKey();

  /** Whether the answer may change leases, and so waits for the store. */
  boolean promises();

  /** Whether it is for this server and no other, because it names it. */
  boolean isForThisServer();

  /** Whether it asks this server for more time for what the client has. */
  boolean renews();

  /** Who is served first when there is too much to do. */
  Precedence precedence();
}
