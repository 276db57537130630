// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import org.HdrHistogram.Histogram;

/** What was counted and timed in one run. Times are nanoseconds. */
final class Tally {
  /** An exchange that begins later than this after its time counts as late. */
  static final long LATE_NANOS = 10_000_000;

  static final int TYPES = 16;
  private static final double MUCH = 0.02;
  private static final double LITTLE = 0.001;
  private static final double ALL = 0.9;
  private static final long LONGEST = 120_000_000_000L;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  final long from;
  final long to;

  /** Of the exchanges that had to begin in the counted time. */
  long begun;

  long completed;
  long refused;
  long lostFirst;
  long lostSecond;
  long unfinished;
  long late;
  long notBegun;

  /** Exchanges that were completed in the counted time, whenever they had begun. */
  long completedInTime;

  /** Of the whole run. */
  long sent;

  long sendFailures;
  long retransmissions;
  long duplicates;
  long stale;
  long foreign;
  long malformed;
  long unwanted;
  long naks;
  long otherServers;
  long overflow;
  long shared;
  long sendCalls;
  long receiveCalls;
  final long[] received = new long[TYPES];
  final long[] statuses = new long[TYPES];

  final Histogram lateness = histogram();
  final Histogram firstIntended = histogram();
  final Histogram firstActual = histogram();
  final Histogram secondIntended = histogram();
  final Histogram secondActual = histogram();
  final Histogram exchangeIntended = histogram();
  final Histogram exchangeActual = histogram();
  final Histogram exchangeWall = histogram();

  /** Whether the generator has to be idle now and then if it keeps up with its schedule. */
  boolean rests;

  private long cpuFrom = -1;
  private long cpuNanos = -1;

  Tally(long from, long to) {
    this.from = from;
    this.to = to;
  }

  private static Histogram histogram() {
    return new Histogram(1000, LONGEST, 3);
  }

  static void record(Histogram histogram, long nanos) {
    histogram.recordValue(Math.max(0, Math.min(LONGEST, nanos)));
  }

  boolean counts(long intended) {
    return intended >= from && intended < to;
  }

  /**
   * To be told the time now and then, so that processor time is read at the ends of the counted
   * time.
   */
  void at(long now) {
    if (cpuFrom < 0 && now >= from) {
      cpuFrom = SYSTEM.getProcessCpuTime();
    } else if (cpuNanos < 0 && now >= to) {
      cpuNanos = SYSTEM.getProcessCpuTime() - cpuFrom;
    }
  }

  void received(int type) {
    received[Math.min(type & 0xff, TYPES - 1)]++;
  }

  void status(int code) {
    if (code != 0) {
      statuses[Math.min(code, TYPES - 1)]++;
    }
  }

  double seconds() {
    return (to - from) / 1e9;
  }

  long lost() {
    return lostFirst + lostSecond + unfinished;
  }

  double lostShare() {
    return begun == 0 ? 1 : 1 - (double) completed / begun;
  }

  double achievedRate() {
    return completedInTime / seconds();
  }

  double cpuMicrosPerExchange() {
    return completedInTime == 0 ? 0 : cpuNanos / 1e3 / completedInTime;
  }

  double cpuShare() {
    return cpuNanos / 1e9 / seconds();
  }

  /** How much of what was due in the counted time was not begun in it. */
  double behindShare() {
    long due = begun + notBegun;
    return due == 0 ? 0 : (double) notBegun / due;
  }

  /** How much of what was begun was begun so late that the latencies tell of this machine, too. */
  double lateShare() {
    return begun == 0 ? 0 : (double) late / begun;
  }

  /** Whether the generator rather than the server was measured. */
  boolean isGeneratorTheLimit() {
    boolean breathless = rests && cpuShare() > ALL && lostShare() > MUCH;
    return breathless || behindShare() > MUCH || overflow > begun * LITTLE;
  }

  /** Whether the latencies are those of a machine that had too little time for the generator. */
  boolean isLate() {
    return lateShare() > MUCH;
  }
}
