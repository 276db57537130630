// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.audit;

import io.leasehold.security.AuditSink;
import io.leasehold.security.Sanitizer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes events from any thread without blocking and hands them to the trail when {@link #flush} is
 * called. Of one kind at most {@value #BURST} are kept at once and then one a second: a peer that
 * fails and fails cannot fill the disk. What was left out is counted in the next line of its kind.
 */
public final class AuditLog implements AuditSink {
  static final int BURST = 20;

  private static final Logger LOG = LoggerFactory.getLogger("io.leasehold.security.audit");

  /** Kinds that say that something does not work, or that nothing protects it. */
  private static final Set<String> TROUBLE =
      Set.of("channel-down", "provider-missing", "insecure-channel", "ipsec-down", "peer-refused");

  /** Kinds that the transport writes to the log as well, with the address of the peer. */
  private static final Set<String> TOLD_ELSEWHERE = Set.of("handshake-failed", "channel-failed");

  /** Kinds that come with each connection: of these the log has the same line once an hour. */
  private static final Set<String> OF_CONNECTIONS = Set.of("revocation-unknown", "peer-refused");

  /** Events that may wait; further ones are left out and counted. */
  private static final int QUEUE = 1024;

  private static final int MAX_KINDS = 256;

  private final AuditTrail trail;
  private final InstantSource clock;
  private final BlockingQueue<AuditRecord> waiting = new ArrayBlockingQueue<>(QUEUE);
  private final AtomicLong overflown = new AtomicLong();

  /** Under the lock of this. */
  private final Repetition repetition = new Repetition();

  /** By kind; read and changed under the lock of this. */
  private final Map<String, Allowance> allowances = new HashMap<>();

  /** A bucket of tokens. */
  private static final class Allowance {
    private double tokens = BURST;
    private Instant filled;
    private long leftOut;

    private Allowance(Instant now) {
      filled = now;
    }

    private boolean take(Instant now) {
      double seconds = Math.max(0, now.toEpochMilli() - filled.toEpochMilli()) / 1000.0;
      tokens = Math.min(BURST, tokens + seconds);
      filled = now;
      if (tokens < 1) {
        leftOut++;
        return false;
      }
      tokens--;
      return true;
    }
  }

  /** Writes to that trail. */
  public AuditLog(AuditTrail trail, InstantSource clock) {
    this.trail = trail;
    this.clock = clock;
  }

  @Override
  public void event(String kind, String subject, String detail) {
    Instant now = clock.instant();
    String word = Sanitizer.line(kind);
    long leftOut;
    synchronized (this) {
      Allowance allowance =
          allowances.computeIfAbsent(
              allowances.size() < MAX_KINDS ? word : "other", any -> new Allowance(now));
      if (!allowance.take(now)) {
        return;
      }
      leftOut = allowance.leftOut;
      allowance.leftOut = 0;
    }
    AuditRecord event =
        new AuditRecord(now, word, Sanitizer.line(subject), Sanitizer.line(detail), leftOut);
    tell(event);
    if (!waiting.offer(event)) {
      overflown.incrementAndGet();
    }
  }

  private void tell(AuditRecord event) {
    if (TOLD_ELSEWHERE.contains(event.kind()) || isTold(event)) {
      LOG.debug("{}", event);
    } else if (TROUBLE.contains(event.kind())) {
      LOG.warn("{}", event);
    } else {
      LOG.info("{}", event);
    }
  }

  private synchronized boolean isTold(AuditRecord event) {
    String line = event.kind() + " " + event.subject() + ": " + event.detail();
    return OF_CONNECTIONS.contains(event.kind()) && repetition.isTold(line, event.time());
  }

  /** Writes what waits. Blocks for the time of writing; called by one thread. */
  public void flush() {
    List<AuditRecord> taken = new ArrayList<>();
    waiting.drainTo(taken);
    long lost = overflown.getAndSet(0);
    if (lost > 0) {
      taken.add(
          new AuditRecord(
              clock.instant(), "audit-overflow", "audit", "events came too fast", lost));
    }
    if (!taken.isEmpty()) {
      trail.append(taken);
    }
  }

  /** What wants attention, a sentence each. */
  public List<String> alarms() {
    return trail.alarms();
  }
}
