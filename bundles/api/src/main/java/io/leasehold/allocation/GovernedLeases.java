// SPDX-License-Identifier: Apache-2.0
package io.leasehold.allocation;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/** The leases of governed subnets, for their governors. Methods may be called from any thread. */
@ProviderType
public interface GovernedLeases {
  /**
   * Changes leases where they are owned: comparing and writing are one step. Edits of one key are
   * done in their order.
   *
   * @param governor whose leases; what belongs to no subnet of it is {@link Outcome#FOREIGN}
   * @return completes with an outcome for each edit, in their order, when all changes are durable;
   *     fails if they are not, and then some may have been made
   */
  CompletionStage<List<Outcome>> edit(String governor, List<Edit> edits);

  /**
   * The same for changes that may be lost with the power, because they can be had again: whoever
   * reads a lease sees them at once, they become durable with whatever its lane writes next or
   * within some seconds, and {@link LeaseGovernor#committed} is not told of them.
   *
   * @return completes when the changes are made
   */
  default CompletionStage<List<Outcome>> amend(String governor, List<Edit> edits) {
    return edit(governor, edits);
  }

  /**
   * Leases in the order of their keys, in bounded steps.
   *
   * @param after only keys greater than this one; empty to begin
   * @param limit at most so many
   */
  CompletionStage<List<Lease>> page(String governor, Optional<LeaseKey> after, int limit);

  /** Whether a subnet of the governor has the unit. Of the plan in force. */
  boolean contains(String governor, LeaseKey key);

  /** The pools of the governor's subnets. Of the plan in force. */
  List<Pool> pools(String governor);

  /**
   * A pool of units of one length.
   *
   * @param first the first unit; its kind and length are those of all
   * @param units how many there are; the most that fit a long if there are more
   * @param reserved what of it the plan keeps for some client, at least in part: not to be handed
   *     to another server
   */
  record Pool(LeaseKey first, long units, List<Prefix> reserved) {
    /** Copies the list. */
    public Pool {
      reserved = List.copyOf(reserved);
    }

    /** Of which nothing is reserved. */
    public Pool(LeaseKey first, long units) {
      this(first, units, List.of());
    }
  }

  /** What became of an edit. */
  enum Outcome {
    /** The lease is as the rule said. */
    CHANGED,
    /** The rule left it. */
    KEPT,
    /** No subnet of the governor has it. */
    FOREIGN,
    /** The rule threw; nothing was changed. */
    FAILED
  }

  /**
   * A change of one lease.
   *
   * @param key which
   * @param rule what becomes of it
   */
  record Edit(LeaseKey key, Rule rule) {}

  /** What becomes of a lease. On the thread that owns it; must not block, and only compute. */
  @ConsumerType
  interface Rule {
    /**
     * The lease afterwards.
     *
     * @param present what is recorded; empty if nothing is
     * @param now seconds since 1970
     * @return the same to keep it, empty to forget it
     */
    Optional<Lease> apply(Optional<Lease> present, long now);
  }
}
