// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import io.leasehold.net.Family;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One change of the plan's documents.
 *
 * @param family of whose clients
 * @param action what is done
 * @param level where
 * @param name which network, subnet, pool or class that is; empty for {@link Level#GLOBAL}
 * @param members of what is added, in the words of the documents and in order; or those that say
 *     what is removed. Values are texts, numbers, truth values, and lists and maps of such
 */
public record PlanEdit(
    Family family, Action action, Level level, String name, Map<String, Object> members) {
  /** What can be done. */
  public enum Action {
    /** Adds a subnet to the family or to a shared network. */
    ADD_SUBNET,
    /** Removes the subnet that {@code name} says. */
    REMOVE_SUBNET,
    /** Adds a pool of addresses to a subnet. */
    ADD_POOL,
    /** Adds a pool of prefixes to a subnet. */
    ADD_PREFIX_POOL,
    /** Adds a reservation to a subnet or to the family. */
    ADD_RESERVATION,
    /** Removes the reservation whose identifier or address is a member. */
    REMOVE_RESERVATION,
    /** Sets an option; one that is set there already gets the new members. */
    SET_OPTION,
    /** Removes an option. */
    REMOVE_OPTION
  }

  /** Where something can be changed. */
  public enum Level {
    /** The family as a whole. */
    GLOBAL,
    /** A shared network, by its name. */
    NETWORK,
    /** A subnet, by its prefix or id. */
    SUBNET,
    /** A pool, by its range or prefix as the document has it. */
    POOL,
    /** A client class, by its name. */
    CLASS
  }

  /** What is done if the documents can be changed. */
  public enum Mode {
    /** Only says what would be changed. */
    TRY,
    /** Changes them, unless leases would be orphaned. */
    CAREFUL,
    /** Changes them. */
    FORCED
  }

  /** Copies the map and keeps its order. */
  public PlanEdit {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }
}
