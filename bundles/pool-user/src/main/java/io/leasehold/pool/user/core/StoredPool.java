// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import java.util.Objects;

/**
 * A pool as it was known.
 *
 * @param response that says the same
 * @param epochSecond when it was so
 */
record StoredPool(HandleResolutionResponse response, long epochSecond) {
  StoredPool {
    Objects.requireNonNull(response);
  }
}
