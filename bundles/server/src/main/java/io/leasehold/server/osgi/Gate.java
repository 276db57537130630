// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What comes while it is closed is done when it opens, in its order. Any thread. As long as what
 * comes: who comes again and again waits for what it did before.
 *
 * <p>There is a lock because what passes must be in the lanes' queues before they are told to
 * pause.
 */
final class Gate {
  private final Deque<Runnable> waiting = new ArrayDeque<>(0);
  private boolean closed;
  private long closings;

  /** Does something that does not block, now or when the gate opens. */
  synchronized void pass(Runnable what) {
    if (closed) {
      waiting.add(what);
    } else {
      what.run();
    }
  }

  synchronized void close() {
    closed = true;
    closings++;
  }

  /** How often it has been closed. */
  synchronized long closings() {
    return closings;
  }

  synchronized void open() {
    closed = false;
    for (Runnable what; (what = waiting.poll()) != null; ) {
      what.run();
    }
  }
}
