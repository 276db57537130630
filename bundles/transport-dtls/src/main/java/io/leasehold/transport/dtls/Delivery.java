// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.net.Bytes;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;

/** How a message is handed over: in the way in which its datagram was. */
@FunctionalInterface
interface Delivery {
  /** A message on its own. */
  Delivery SINGLE = Inbound::message;

  /** One of several. */
  Delivery GATHERED = Inbound::gather;

  /** Hands a message over. */
  void to(Inbound inbound, Bytes message, Path path);
}
