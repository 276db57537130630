// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Bytes;
import io.leasehold.server.expression.Condition;
import io.leasehold.server.expression.Value;
import java.util.Map;
import java.util.Optional;

/**
 * A class of clients that the plan defines.
 *
 * @param number by which members are counted
 * @param name its name
 * @param test who belongs to it; empty if something else puts clients into it
 * @param template what the classes that it makes are named after; such a class has no {@code test}
 * @param spawned numbers of classes that it makes, by the value they are named after; others are of
 *     no consequence
 * @param additional whether only those are looked at who got something that names the class
 * @param afterReservations whether it can be told only when a client's reservations are known
 * @param options options of its members
 * @param lifetimes lifetimes of its members
 * @param boot what its members boot, in DHCPv4
 */
public record ClientClass(
    int number,
    String name,
    Optional<Condition> test,
    Optional<Value> template,
    Map<Bytes, Integer> spawned,
    boolean additional,
    boolean afterReservations,
    OptionSet options,
    ClassLifetimes lifetimes,
    BootFields boot) {
  /** Copies the map. */
  public ClientClass {
    spawned = Map.copyOf(spawned);
  }

  /** The same with other classes that it makes. */
  public ClientClass withSpawned(Map<Bytes, Integer> others) {
    return new ClientClass(
        number,
        name,
        test,
        template,
        others,
        additional,
        afterReservations,
        options,
        lifetimes,
        boot);
  }

  /** Whether a message can put its client into the class. */
  boolean isEvaluated() {
    return test.isPresent() || template.isPresent();
  }
}
