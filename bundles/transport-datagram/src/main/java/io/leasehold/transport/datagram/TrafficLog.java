// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.Path;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what went wrong with packets, at most once a minute for each kind; the counters tell how
 * often.
 */
public final class TrafficLog {
  private static final Logger LOG = LoggerFactory.getLogger(TrafficLog.class);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final AtomicLong NOT_SENT = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
  private static final AtomicLong THREW = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

  private TrafficLog() {}

  /** A message could not be sent. */
  public static void notSent(String transport, Ipv6 from, InetSocketAddress to, Throwable why) {
    if (isDue(NOT_SENT)) {
      LOG.warn(
          "{}: cannot send from {} to {}: {}. Counter send-failed tells how often;"
              + " this is said once a minute",
          transport,
          from,
          to,
          why.toString());
    }
  }

  /** The receiver of messages has a fault. */
  public static void threw(Path path, Throwable why) {
    if (isDue(THREW)) {
      LOG.error("a message of {} was lost by a fault in its receiver", path, why);
    }
  }

  private static boolean isDue(AtomicLong last) {
    long now = System.nanoTime();
    long before = last.get();
    return now - before >= PAUSE_NANOS && last.compareAndSet(before, now);
  }
}
