// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.channel;

import io.leasehold.security.CloseReason;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Engines of a channel that live; those that their users dropped are not kept. Any thread. */
final class Engines {
  private final Set<WeakReference<GuardedEngine>> all = ConcurrentHashMap.newKeySet();

  void add(GuardedEngine engine) {
    all.add(new WeakReference<>(engine));
  }

  /** Those that have not ended. */
  List<GuardedEngine> living() {
    List<GuardedEngine> living = new ArrayList<>();
    for (WeakReference<GuardedEngine> each : all) {
      GuardedEngine engine = each.get();
      if (engine == null || engine.over()) {
        all.remove(each);
      } else {
        living.add(engine);
      }
    }
    return living;
  }

  int count() {
    return living().size();
  }

  /** How many were made before the generation. */
  boolean anyBefore(long generation) {
    return living().stream().anyMatch(engine -> engine.generation() < generation);
  }

  /** Ends those. */
  void end(Predicate<GuardedEngine> which, CloseReason why) {
    living().stream().filter(Objects::nonNull).filter(which).forEach(engine -> engine.order(why));
  }
}
