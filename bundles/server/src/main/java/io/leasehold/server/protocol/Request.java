// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.plan.Link;

/** A valid message of a client, and what the lanes have to know of it. Immutable. */
public interface Request {
  /** Its family. */
  Family family();

  /** The client's link; null if the plan does not know it. */
  Link linkOrNull();

  /** A number that spreads requests without a link. */
  int spread();

  /** Who asks, as far as that can be counted by; empty if it does not say. */
  Bytes clientKey();

  /** At which port of which relay agent the client is; empty if it was not relayed. */
  Bytes relayPortKey();

  /** Whether the answer may change leases, and so waits for the store. */
  boolean promises();

  /** Whether it goes first when there is too much to do: nobody loses a lease by it. */
  boolean droppableFirst();
}
