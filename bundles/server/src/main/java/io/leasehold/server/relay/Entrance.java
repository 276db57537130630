// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.server.protocol.RelayRight;
import io.leasehold.transport.Path;

/** What stands at a way into the server before anything else looks at a message. Any thread. */
public interface Entrance {
  /** Lets everything in as it is. */
  Entrance WIDE =
      new Entrance() {
        @Override
        public Bytes admit(Family family, Bytes datagram, Path path) {
          return datagram;
        }

        @Override
        public RelayRight right(Path path) {
          return RelayRight.EVERYBODY;
        }
      };

  /**
   * The message as it may come in; null if it may not, which is counted.
   *
   * @param path how it came
   */
  Bytes admit(Family family, Bytes datagram, Path path);

  /** For which links relay agents may speak by this way. */
  RelayRight right(Path path);

  /** The way for the answer. */
  default Path answers(Path path) {
    return path;
  }
}
