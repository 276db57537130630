// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What operators should know of for a while after it happened. Bounded. Any thread. */
public final class Alarms {
  /** After that much time without a repetition an alarm is over. */
  public static final long LASTS_MILLIS = 3_600_000;

  private static final int MOST = 64;

  private record Raised(String sentence, long count, long millis) {}

  private final Map<String, Raised> raised = new LinkedHashMap<>();

  /**
   * Raises an alarm, or repeats it.
   *
   * @return whether it is new and should be told
   */
  public synchronized boolean raise(String key, String sentence, long nowMillis) {
    end(nowMillis);
    Raised before = raised.get(key);
    if (before == null && raised.size() == MOST) {
      return false;
    }
    raised.put(key, new Raised(sentence, before == null ? 1 : before.count() + 1, nowMillis));
    return before == null;
  }

  /** Those that are not over, a sentence each. */
  public synchronized List<String> sentences(long nowMillis) {
    end(nowMillis);
    List<String> told = new ArrayList<>();
    for (Raised each : raised.values()) {
      told.add(
          each.count() == 1 ? each.sentence() : each.sentence() + " (" + each.count() + " times)");
    }
    return told;
  }

  private void end(long nowMillis) {
    raised.values().removeIf(each -> nowMillis - each.millis() > LASTS_MILLIS);
  }
}
