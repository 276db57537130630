// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

/**
 * Pauses between attempts to connect: they double, and chance spreads them, so that those who lost
 * the same peer do not come back to it all at once. May be used from any thread.
 */
final class Pauses {
  private final long firstNanos;
  private final long longestNanos;
  private final Surroundings surroundings;
  private long presentNanos;
  private long until;

  Pauses(DtlsSettings settings, Surroundings surroundings) {
    this.firstNanos = settings.firstPause().toNanos();
    this.longestNanos = settings.longestPause().toNanos();
    this.surroundings = surroundings;
    this.until = surroundings.nanos().getAsLong();
  }

  /** The way is free at once. */
  synchronized void none() {
    presentNanos = 0;
    until = surroundings.nanos().getAsLong();
  }

  /** What was up is lost: a short pause. */
  synchronized void first() {
    presentNanos = firstNanos;
    pause(0);
  }

  /** An attempt has failed: longer than the last one. */
  synchronized void longer() {
    presentNanos = Math.min(longestNanos, Math.max(firstNanos, presentNanos * 2));
    pause(presentNanos / 2);
  }

  private void pause(long least) {
    double chance = surroundings.chance().getAsDouble();
    until = surroundings.nanos().getAsLong() + least + (long) ((presentNanos - least) * chance);
  }

  synchronized boolean isOver() {
    return surroundings.nanos().getAsLong() - until >= 0;
  }
}
