// SPDX-License-Identifier: Apache-2.0
package io.leasehold.load;

/** Sleeps with the precision of the kernel's timers, and tells how its two clocks differ. */
final class Waiting {
  private static final int POLLFD = 8;
  private static final int TIMESPEC = 16;
  private static final long SECOND = 1_000_000_000L;

  private final NativeBuffer memory = NativeBuffer.structures(64);

  Waiting(UdpEndpoint endpoint) {
    memory.octets().putInt(0, endpoint.fd()).putShort(4, (short) Libc.POLLIN);
    Libc.prctl(Libc.PR_SET_TIMERSLACK, 1);
  }

  /** Blocks until a message has arrived, but no longer than that. */
  void forMessage(long nanos) {
    wait(1, nanos);
  }

  /** Blocks that long. */
  void forTime(long nanos) {
    wait(0, nanos);
  }

  private void wait(int descriptors, long nanos) {
    if (nanos <= 0) {
      return;
    }
    memory.octets().putLong(TIMESPEC, nanos / SECOND).putLong(TIMESPEC + 8, nanos % SECOND);
    memory.octets().putShort(POLLFD - 2, (short) 0);
    Libc.ppoll(memory.address(), descriptors, memory.address() + TIMESPEC, 0);
  }

  /** What has to be subtracted from the day clock to get the clock of {@link System#nanoTime}. */
  long clockOffsetNanos() {
    Libc.clock_gettime(Libc.CLOCK_REALTIME, memory.address() + 2 * TIMESPEC);
    long day = memory.octets().getLong(32) * SECOND + memory.octets().getLong(40);
    return day - System.nanoTime();
  }
}
