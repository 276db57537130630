// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.core;

/**
 * So much in a second, and so much at once after a rest: a bucket of tokens, kept as the time at
 * which it is full again. One thread.
 */
public final class Budget {
  private static final long SECOND = 1_000_000_000;

  private final long each;
  private final long room;
  private boolean isTouched;
  private long full;

  /**
   * A full one.
   *
   * @param perSecond 1 to 10^9
   * @param atOnce at least 1
   */
  public Budget(int perSecond, int atOnce) {
    each = SECOND / perSecond;
    room = each * atOnce;
  }

  /** Takes one, if there is one. */
  public boolean take(long now) {
    long since = isFull(now) ? now : full;
    if (since - now + each > room) {
      return false;
    }
    full = since + each;
    isTouched = true;
    return true;
  }

  /** Whether it is as if nothing had ever been taken: it need not be remembered. */
  public boolean isFull(long now) {
    return !isTouched || full - now <= 0;
  }
}
