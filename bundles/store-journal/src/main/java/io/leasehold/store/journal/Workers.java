// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import java.io.IOException;
import java.util.List;

/** Runs pieces of one job side by side. */
public interface Workers {
  /** One piece. */
  @FunctionalInterface
  interface Piece {
    /** Does it. */
    void run() throws IOException;
  }

  /** How many pieces run at once. */
  int width();

  /** Runs all pieces and returns when all are done; throws what the first that failed threw. */
  void run(List<Piece> pieces) throws IOException;
}
