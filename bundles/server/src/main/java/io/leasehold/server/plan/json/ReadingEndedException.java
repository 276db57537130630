// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

/** Ends the reading of a document after what is wrong has been reported. */
final class ReadingEndedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ReadingEndedException() {
    super(null, null, false, false);
  }
}
