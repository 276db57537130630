// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who works on something that one thread at a time may touch: whoever comes first. Nobody waits for
 * it. Who finds it taken leaves a call, and the holder looks for work once more before it lets go,
 * so nothing stays undone; who brings work puts it where the holder looks and calls after that.
 *
 * <p>One thread, the owner, is where longer work is done. A holder can pass the baton on to it, and
 * must do so when the owner has asked for it.
 */
final class Baton {
  private static final int FREE = 0;
  private static final int HELD = 1;

  /** Held, and there may be new work. */
  private static final int CALLED = 2;

  /** Held, and the owner comes next. */
  private static final int ASKED_FOR = 3;

  /** Only the owner may take it. */
  private static final int KEPT = 4;

  private final AtomicInteger state = new AtomicInteger(FREE);
  private final Runnable wakeOwner;

  /**
   * A free one.
   *
   * @param wakeOwner lets the owner call {@link #takeAsOwner} soon; any thread
   */
  Baton(Runnable wakeOwner) {
    this.wakeOwner = wakeOwner;
  }

  /** Takes it; false if somebody has it, who will look for work again. Any thread but the owner. */
  boolean take() {
    while (true) {
      int now = state.get();
      if (now == FREE) {
        if (state.compareAndSet(FREE, HELD)) {
          return true;
        }
      } else if (now != HELD || state.compareAndSet(HELD, CALLED)) {
        return false;
      }
    }
  }

  /** Takes it; false if somebody has it, who will pass it on. The owner. */
  boolean takeAsOwner() {
    while (true) {
      int now = state.get();
      if (now == FREE || now == KEPT) {
        if (state.compareAndSet(now, HELD)) {
          return true;
        }
      } else if (now == ASKED_FOR || state.compareAndSet(now, ASKED_FOR)) {
        return false;
      }
    }
  }

  /**
   * Lets go; false if the holder has to look for work once more, because somebody called meanwhile.
   * The holder.
   */
  boolean release() {
    if (state.compareAndSet(HELD, FREE)) {
      return true;
    }
    if (state.compareAndSet(CALLED, HELD)) {
      return false;
    }
    pass();
    return true;
  }

  /** Passes it on to the owner, who is woken. The holder. */
  void pass() {
    state.set(KEPT);
    wakeOwner.run();
  }
}
