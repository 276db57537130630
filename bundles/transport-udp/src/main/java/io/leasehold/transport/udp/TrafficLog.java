// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.udp;

import io.leasehold.net.Ipv6;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what went wrong with packets, at most once a minute for each kind; the counters tell how
 * often.
 */
final class TrafficLog {
  private static final Logger LOG = LoggerFactory.getLogger(TrafficLog.class);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final AtomicLong NOT_SENT = new AtomicLong(System.nanoTime() - PAUSE_NANOS);
  private static final AtomicLong THREW = new AtomicLong(System.nanoTime() - PAUSE_NANOS);

  private TrafficLog() {}

  static void notSent(Ipv6 from, InetSocketAddress to, Exception why) {
    if (isDue(NOT_SENT)) {
      LOG.warn(
          "udp: cannot send from {} to {}: {}. Counter send-failed tells how often;"
              + " this is said once a minute",
          from,
          to,
          why.toString());
    }
  }

  static void threw(UdpPath path, Throwable why) {
    if (isDue(THREW)) {
      LOG.error("udp: a message of {} was lost by a fault in its receiver", path, why);
    }
  }

  private static boolean isDue(AtomicLong last) {
    long now = System.nanoTime();
    long before = last.get();
    return now - before >= PAUSE_NANOS && last.compareAndSet(before, now);
  }
}
