// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.answer;

import io.leasehold.net.Bytes;
import io.leasehold.net.HardwareAddress;
import io.leasehold.server.protocol.Request;

/** What a message tells of its client besides who it is, to be kept with leases. */
public interface ClientFacts {
  /** The message. */
  Request request();

  /** Its link-layer address; null if it cannot be told. */
  default HardwareAddress hardwareOrNull() {
    return request().client().hardwareOrNull();
  }

  /** Its own name, in text without a final dot; empty if it does not say. */
  String name();

  /** The relay agent's identifier; empty if there is none. */
  Bytes relayId();

  /** What the relay agent calls the client; empty if it does not. */
  Bytes remoteId();
}
