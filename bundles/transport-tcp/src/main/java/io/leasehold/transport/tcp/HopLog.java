// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.tcp;

import io.leasehold.transport.datagram.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line what became of connections, the same at most once a minute, and only so many
 * lines in a minute whatever attackers do: counters tell how often. May be used from any thread.
 */
final class HopLog {
  /** Lines in a second, and how many at once. */
  static final int LINES_PER_SECOND = 2;

  static final int MOST_LINES = 60;

  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.transport.tcp");
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final int MOST_KEYS = 256;

  private Tokens lines = new Tokens(MOST_LINES, System.nanoTime());
  private long unsaid;

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
    if (isDue(key, System.nanoTime())) {
      LOG.warn("{}{}", line, unsaid());
    }
  }

  /** Code of others has a fault, which its trace shows. */
  void fault(String key, String line, Throwable why) {
    if (isDue(key, System.nanoTime())) {
      LOG.error("{}{}", line, unsaid(), why);
    }
  }

  /** Whether a line may be written now. */
  synchronized boolean isDue(String key, long now) {
    Long before = said.get(key);
    if (before != null && now - before < PAUSE_NANOS) {
      return false;
    }
    lines = lines.earned(LINES_PER_SECOND, MOST_LINES, now);
    if (!lines.any()) {
      unsaid++;
      return false;
    }
    lines = lines.spent();
    said.remove(key);
    said.put(key, now);
    return true;
  }

  private synchronized String unsaid() {
    String text = unsaid == 0 ? "" : " (" + unsaid + " other lines were not written)";
    unsaid = 0;
    return text;
  }
}
