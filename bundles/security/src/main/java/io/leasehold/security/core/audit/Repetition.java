// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.audit;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lines that were in the log within the last hour. One thread at a time. */
final class Repetition {
  static final Duration PAUSE = Duration.ofHours(1);
  private static final int MOST = 256;

  private final Map<String, Instant> told =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > MOST;
        }
      };

  /** Whether a line was told already; if not, it is now. */
  boolean isTold(String line, Instant now) {
    Instant before = told.get(line);
    boolean isTold = before != null && !now.isBefore(before) && now.isBefore(before.plus(PAUSE));
    if (!isTold) {
      told.remove(line);
      told.put(line, now);
    }
    return isTold;
  }
}
