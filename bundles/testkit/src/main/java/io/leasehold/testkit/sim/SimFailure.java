// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit.sim;

import java.util.List;

/** A simulation went wrong. Its message has the seed and what happened last. */
public final class SimFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  SimFailure(long seed, List<String> last, Throwable cause) {
    super(
        "seed "
            + seed
            + ": "
            + cause
            + "\nthe last "
            + last.size()
            + " events:\n"
            + String.join("\n", last),
        cause);
  }
}
