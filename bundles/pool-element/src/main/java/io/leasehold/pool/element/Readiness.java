// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.rserpool.wire.Unsigned;
import java.util.Objects;

/**
 * Whether users of pools are to find the server, and before whom.
 *
 * @param isReady whether it answers whoever asks now
 * @param rank within its group, the highest is asked first; 32 bits, 0 if it is not ready
 * @param why it is so, a sentence
 */
public record Readiness(boolean isReady, long rank, String why) {
  /** Refuses a rank that does not fit. */
  public Readiness {
    Unsigned.u32(rank, "rank");
    Objects.requireNonNull(why);
  }

  /** It answers. */
  public static Readiness ready(long rank, String why) {
    return new Readiness(true, rank, why);
  }

  /** Nobody is to find it. */
  public static Readiness absent(String why) {
    return new Readiness(false, 0, why);
  }
}
