// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.rserpool.session.SessionEvents;

/** Points in steady time, of which only differences have a meaning. */
final class Times {
  private Times() {}

  /** Whether a time has come; {@link SessionEvents#NEVER} does not. */
  static boolean isDue(long at, long now) {
    return at != SessionEvents.NEVER && now - at >= 0;
  }

  /** Which one comes first. */
  static long earlier(long a, long b) {
    if (a == SessionEvents.NEVER || b == SessionEvents.NEVER) {
      return a == SessionEvents.NEVER ? b : a;
    }
    return a - b <= 0 ? a : b;
  }
}
