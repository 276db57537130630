// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.pool.PoolRegistration.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Who waits until memberships are over. One thread. */
final class Departures {
  private record Departure(List<Membership> leaving, Consumer<String> done) {}

  private final Duration stale;
  private final Duration life;
  private final List<Departure> waiting = new ArrayList<>();

  /**
   * Nobody yet.
   *
   * @param stale for how long users of a pool may not have heard of it
   * @param life of a registration that nobody takes back
   */
  Departures(Duration stale, Duration life) {
    this.stale = stale;
    this.life = life;
  }

  /** Somebody is to hear a sentence when these are over, or when nobody can be told. */
  void add(List<Membership> leaving, Consumer<String> done, boolean hasHome) {
    waiting.add(new Departure(leaving, done));
    look(hasHome);
  }

  /** Something may have changed. */
  void look(boolean hasHome) {
    waiting.removeIf(
        each -> {
          Optional<String> end = end(each.leaving(), hasHome);
          end.ifPresent(each.done());
          return end.isPresent();
        });
  }

  private Optional<String> end(List<Membership> leaving, boolean hasHome) {
    if (leaving.stream().anyMatch(Departures::isBack)) {
      return Optional.of("it has joined again meanwhile");
    }
    if (leaving.stream().noneMatch(Membership::isEntered)) {
      return Optional.of(
          "no registrar names it any more; users of the pool may for "
              + stale.toSeconds()
              + " s yet");
    }
    return hasHome
        ? Optional.empty()
        : Optional.of(
            "no registrar can be told now; it is named until one is found, or for "
                + life.toSeconds()
                + " s after its last registration");
  }

  private static boolean isBack(Membership membership) {
    return membership.state() == State.REGISTERING || membership.state() == State.REGISTERED;
  }
}
