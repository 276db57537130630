// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line what became of connections, and the same at most once a minute: counters tell
 * how often. May be used from any thread.
 */
final class HopLog {
  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.transport.tcp");
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST_KEYS = 256;

  private final Map<String, Long> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_KEYS;
        }
      };

  /** Something went well that should be known. */
  void info(String line) {
    LOG.info("{}", line);
  }

  /**
   * Something went wrong.
   *
   * @param key what must not be said again soon
   */
  void warn(String key, String line) {
    if (isDue(key)) {
      LOG.warn("{}", line);
    }
  }

  /** Code of others has a fault, which its trace shows. */
  void fault(String key, String line, Throwable why) {
    if (isDue(key)) {
      LOG.error("{}", line, why);
    }
  }

  private synchronized boolean isDue(String key) {
    long now = System.nanoTime();
    Long before = said.get(key);
    boolean due = before == null || now - before >= PAUSE_NANOS;
    if (due) {
      said.remove(key);
      said.put(key, now);
    }
    return due;
  }
}
