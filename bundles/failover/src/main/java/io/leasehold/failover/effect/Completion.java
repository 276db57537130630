// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.effect;

/**
 * What follows when an effect is done.
 *
 * @param <T> what comes of it
 */
public interface Completion<T> {
  /** It is done, and durable where it writes. */
  void done(T result, Moment now);

  /** It is not done, or nobody knows; why, as a sentence. */
  void failed(String why, Moment now);
}
