// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Engines that a factory has made and that may live. It keeps none of them alive. May be used from
 * any thread.
 */
public final class LiveEngines {
  /** What can be ended from another thread than its own. */
  public interface Revocable {
    /** Asks for the end; it comes with the next call of the thread that owns the engine. */
    void revoke();
  }

  private final Set<Revocable> engines =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
  private volatile boolean ending;

  /**
   * Fails once no new engine is made.
   *
   * @throws IllegalStateException after {@link #drain} or {@link #close}
   */
  public void requireOpen() {
    if (ending) {
      throw new IllegalStateException("the provider of this channel is being replaced");
    }
  }

  /** Adds one. */
  public void add(Revocable engine) {
    engines.add(engine);
    if (ending) {
      engine.revoke();
    }
  }

  /** Forgets one that has ended. */
  public void remove(Revocable engine) {
    engines.remove(engine);
  }

  /** How many there are. */
  public int count() {
    return engines.size();
  }

  /** No new ones are made. */
  public void drain() {
    ending = true;
  }

  /** No new ones are made, and those that live end. */
  public void close() {
    ending = true;
    List<Revocable> all;
    synchronized (engines) {
      all = List.copyOf(engines);
    }
    all.forEach(Revocable::revoke);
    engines.clear();
  }
}
