// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

import io.leasehold.transport.datagram.Tokens;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in one line what became of connections. What comes again and again is said after a minute,
 * after two more, four more and so on, in the end once an hour; and there are only so many lines in
 * a minute whatever attackers do: counters tell how often. May be used from any thread.
 */
public final class HopLog {
  /** Lines in a second, and how many at once. */
  public static final int LINES_PER_SECOND = 2;

  public static final int MOST_LINES = 60;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.HOURS.toNanos(1);
  private static final int MOST_KEYS = 256;

  private final Logger log;
  private Tokens lines = new Tokens(MOST_LINES, System.nanoTime());
  private long unsaid;

  /** When something was said, when it came last, and for how long it is not said again. */
  private record Said(long at, long came, long pauseNanos) {
    /** What has not come for so long was over, and is something new when it comes. */
    boolean isOver(long now) {
      return now - came >= pauseNanos;
    }

    boolean isQuiet(long now) {
      return now - at < pauseNanos;
    }

    Said came(long now) {
      return new Said(at, now, pauseNanos);
    }

    Said again(long now) {
      long pause = isOver(now) ? FIRST_PAUSE_NANOS : Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
      return new Said(now, now, pause);
    }
  }

  private final Map<String, Said> said =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
          return size() > MOST_KEYS;
        }
      };

  /** Writes to the log by a name, which is that of a transport. */
  public HopLog(String name) {
    this.log = LoggerFactory.getLogger(name);
  }

  /** Something went well that should be known. */
  public void info(String line) {
    log.info("{}", line);
  }

  /**
   * Something went wrong.
   *
   * @param key what must not be said again soon
   */
  public void warn(String key, String line) {
    if (isDue(key, System.nanoTime())) {
      log.warn("{}{}", line, unsaid());
    }
  }

  /** Code of others has a fault, which its trace shows. */
  public void fault(String key, String line, Throwable why) {
    if (isDue(key, System.nanoTime())) {
      log.error("{}{}", line, unsaid(), why);
    }
  }

  /** Whether a line may be written now. */
  public synchronized boolean isDue(String key, long now) {
    Said before = said.get(key);
    if (before != null && before.isQuiet(now)) {
      said.put(key, before.came(now));
      return false;
    }
    lines = lines.earned(LINES_PER_SECOND, MOST_LINES, now);
    if (!lines.any()) {
      unsaid++;
      return false;
    }
    lines = lines.spent();
    said.remove(key);
    said.put(key, before == null ? new Said(now, now, FIRST_PAUSE_NANOS) : before.again(now));
    return true;
  }

  private synchronized String unsaid() {
    String text = unsaid == 0 ? "" : " (" + unsaid + " other lines were not written)";
    unsaid = 0;
    return text;
  }
}
