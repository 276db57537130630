// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.hop.ConnectSpec;
import java.time.Duration;

/** Where a registrar can be reached. Of the thread of the registrar. */
final class Contact {
  private static final double LEAST_SPREAD = 0.75;
  private static final double SPREAD = 0.5;
  private static final int MOST_DOUBLINGS = 16;

  final ConnectSpec spec;

  /** Whether this registrar was told of it by its operator, and keeps it. */
  final boolean isConfigured;

  /** The connection that is tried or was opened to it; null if there is none. */
  Link link;

  /** Who was there last; 0 if nobody was yet. */
  long server;

  /** Whether it is this registrar. */
  boolean isSelf;

  /** Tries since somebody was there. */
  int failures;

  long nextTry;

  Contact(ConnectSpec spec, boolean isConfigured, long now) {
    this.spec = spec;
    this.isConfigured = isConfigured;
    this.nextTry = now;
  }

  /** Somebody is there. */
  void reached(long by) {
    server = by;
    failures = 0;
  }

  /** A connection to it is over, or did not come about; the next one is not tried at once. */
  void ended(Link gone, Scope scope, long now) {
    if (link != gone) {
      return;
    }
    link = null;
    if (gone.peer == null) {
      failures++;
    }
    int doublings = Math.min(Math.max(failures - 1, 0), MOST_DOUBLINGS);
    Duration pause = scope.timers().reconnectFirst().multipliedBy(1L << doublings);
    Duration most = scope.timers().reconnectMost();
    double part = LEAST_SPREAD + SPREAD * scope.premises.random().nextDouble();
    nextTry = now + (long) ((pause.compareTo(most) < 0 ? pause : most).toNanos() * part);
  }
}
