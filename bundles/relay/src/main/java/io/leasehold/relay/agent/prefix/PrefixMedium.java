// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.prefix;

import io.leasehold.net.Bytes;
import java.io.IOException;

/** Where delegated prefixes are kept. One thread; may block. */
public interface PrefixMedium {
  /** Everything that is kept; empty if nothing is. */
  Bytes read() throws IOException;

  /** Appends octets, which are durable when it returns. After a failure some may be there. */
  void append(Bytes octets) throws IOException;

  /** Puts octets in the place of all others, all or nothing; durable when it returns. */
  void replace(Bytes octets) throws IOException;

  /** Where this is, for messages. */
  String place();
}
