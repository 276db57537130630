// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.credential;

import io.leasehold.security.AuditSink;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Tells of certificates that end in 30, 7 and 1 days, and that have ended; of each once. */
final class ExpiryWatch {
  private static final int[] DAYS = {0, 1, 7, 30};

  private final AuditSink audit;
  private final Map<String, String> told = new HashMap<>();

  ExpiryWatch(AuditSink audit) {
    this.audit = audit;
  }

  /** Whether a certificate ended since the last look. */
  boolean look(Collection<Entry> entries, Instant now) {
    boolean ended = false;
    for (Entry entry : entries) {
      Optional<Integer> step = step(entry, now);
      if (step.isEmpty()) {
        told.remove(entry.spec().name());
      } else {
        String mark = step.get() + " " + entry.notAfter().orElseThrow();
        if (!mark.equals(told.put(entry.spec().name(), mark))) {
          audit.event("credential-expiry", entry.spec().name(), warning(entry, now).orElse(""));
          ended |= step.get() == 0;
        }
      }
    }
    told.keySet().removeIf(name -> entries.stream().noneMatch(e -> e.spec().name().equals(name)));
    return ended;
  }

  /** What is to be said of it; empty while it has more than 30 days. */
  static Optional<String> warning(Entry entry, Instant now) {
    return step(entry, now)
        .map(
            step -> {
              Instant end = entry.notAfter().orElseThrow();
              return step == 0
                  ? "ended at " + end + "; replace the certificate"
                  : "ends at " + end + ", in less than " + step + " days; replace the certificate";
            });
  }

  private static Optional<Integer> step(Entry entry, Instant now) {
    if (entry.notAfter().isEmpty()) {
      return Optional.empty();
    }
    Duration left = Duration.between(now, entry.notAfter().get());
    for (int days : DAYS) {
      if (left.compareTo(Duration.ofDays(days)) <= 0) {
        return Optional.of(days);
      }
    }
    return Optional.empty();
  }
}
