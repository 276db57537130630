// SPDX-License-Identifier: Apache-2.0
package io.leasehold.probe.icmp;

import io.leasehold.net.Ipv6;
import io.leasehold.probe.AddressProbe;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pings with the means of the JDK. A question that is open has a thread; threads without one end.
 */
public final class IcmpProbe implements AddressProbe, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(IcmpProbe.class);
  private static final long STACK_OCTETS = 256 * 1024L;
  private static final long IDLE_SECONDS = 10;
  private static final Path OWN_STATUS = Path.of("/proc/self/status");

  private final boolean permitted;
  private final ThreadPoolExecutor threads;
  private final AtomicInteger number = new AtomicInteger();
  private final LongAdder asked = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /**
   * Starts no thread yet.
   *
   * @param outstanding how many questions may be open at a time
   * @throws IllegalArgumentException if that is not 1 to 1024
   */
  public IcmpProbe(int outstanding) {
    this(outstanding, OWN_STATUS);
  }

  IcmpProbe(int outstanding, Path status) {
    if (outstanding < 1 || outstanding > 1024) {
      throw new IllegalArgumentException("outstanding = " + outstanding + ", accepted: 1 to 1024");
    }
    permitted = Permission.isIn(status);
    threads =
        new ThreadPoolExecutor(
            0, outstanding, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), this::thread);
    if (!permitted) {
      LOG.warn("probe icmp: {}", alarms().get(0));
    }
  }

  private Thread thread(Runnable task) {
    Thread thread =
        new Thread(null, task, "leasehold-probe-icmp-" + number.incrementAndGet(), STACK_OCTETS);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public String name() {
    return "icmp";
  }

  @Override
  public CompletionStage<Boolean> isInUse(Ipv6 address, Duration patience) {
    CompletableFuture<Boolean> verdict = new CompletableFuture<>();
    if (!permitted || !address.isMapped()) {
      refused.increment();
      verdict.complete(false);
      return verdict;
    }
    try {
      threads.execute(() -> verdict.complete(answers(address, patience)));
    } catch (RejectedExecutionException e) {
      refused.increment();
      verdict.complete(false);
    }
    return verdict;
  }

  private boolean answers(Ipv6 address, Duration patience) {
    asked.increment();
    try {
      InetAddress target =
          InetAddress.getByAddress(
              ByteBuffer.allocate(Integer.BYTES).putInt(address.toIpv4().value()).array());
      boolean answers = target.isReachable((int) Math.max(1, patience.toMillis()));
      if (answers) {
        answered.increment();
      }
      return answers;
    } catch (IOException e) {
      failed.increment();
      LOG.debug("probe icmp: {} cannot be asked: {}", address, e.getMessage());
      return false;
    }
  }

  @Override
  public List<String> alarms() {
    return permitted
        ? List.of()
        : List.of(
            "addresses are offered without ping check: without CAP_NET_RAW this process cannot ping");
  }

  @Override
  public Map<String, Long> counters() {
    return Map.of(
        "icmp-asked", asked.sum(),
        "icmp-answered", answered.sum(),
        "icmp-refused", refused.sum(),
        "icmp-failed", failed.sum());
  }

  /** Ends every thread as soon as its question is over, and waits for that a little. */
  @Override
  public void close() {
    threads.shutdown();
    boolean interrupted = false;
    try {
      threads.awaitTermination(6, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
