// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import io.leasehold.net.Bytes;
import io.leasehold.transport.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ways back to relay agents that came on connections, by name. Bounded; a transport finds another
 * connection of the same peer when one has ended. Any thread.
 */
final class Ways {
  private static final int MOST = 4096;

  private final Map<String, Path> paths =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Path> eldest) {
          return size() > MOST;
        }
      };

  void remember(String name, Path path) {
    synchronized (paths) {
      paths.put(name, path);
    }
  }

  /** Sends; false if there is no way or it does not take the message. */
  boolean send(String name, Bytes message) {
    Path path;
    synchronized (paths) {
      path = paths.get(name);
    }
    return path != null && path.reply(message);
  }
}
