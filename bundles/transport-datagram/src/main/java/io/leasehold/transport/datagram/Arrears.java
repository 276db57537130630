// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

/**
 * Whether a socket receives more than is taken out of it: what comes then has waited in the kernel,
 * where nobody chooses. A burst does not count, only what has not been worked off for a while.
 * Owned by the thread that receives.
 */
public final class Arrears {
  private static final long STANDING_NANOS = 20_000_000;

  private boolean behind;
  private long since;
  private boolean standing;

  /**
   * The socket has had its turn.
   *
   * @param more whether more waited than was taken
   * @param now nanoseconds of a clock that never goes back
   */
  public void turned(boolean more, long now) {
    if (!more) {
      behind = false;
      standing = false;
    } else if (!behind) {
      behind = true;
      since = now;
    } else {
      standing = now - since >= STANDING_NANOS;
    }
  }

  /** Whether messages come late. */
  public boolean isStanding() {
    return standing;
  }
}
