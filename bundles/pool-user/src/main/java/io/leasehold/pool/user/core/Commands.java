// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import java.util.function.LongConsumer;

/** Has something done on the thread of the pool user. Any thread. */
@FunctionalInterface
public interface Commands {
  /**
   * Returns at once.
   *
   * @param command gets the steady time
   * @return false if it will not be done, because too much waits
   */
  boolean execute(LongConsumer command);
}
