// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import java.time.Duration;

/**
 * What is borne of an interceptor.
 *
 * @param budget how long a call may take
 * @param failures how many in a row disable it
 */
public record Patience(Duration budget, int failures) {
  /** Unless the configuration says something else. */
  public static final Patience USUAL = new Patience(Duration.ofMillis(2), 10);
}
