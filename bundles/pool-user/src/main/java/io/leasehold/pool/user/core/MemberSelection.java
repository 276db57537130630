// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.PoolTrace;
import io.leasehold.pool.UserTransport;
import io.leasehold.rserpool.policy.ClientHash;
import io.leasehold.rserpool.policy.HashValues;
import io.leasehold.rserpool.policy.UserChoice;
import io.leasehold.rserpool.wire.MessageWriter;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The members that a registrar has named, and which of them a client is to try (RFC 5356).
 * Immutable but for whose turn it is; any thread.
 */
final class MemberSelection {
  /** Of a pool of which nothing is known, or that has no members. */
  static final MemberSelection NOBODY = new MemberSelection(Optional.empty(), List.of(), () -> 0);

  /** The first in each group is who has its clients. */
  private static final Comparator<PoolMember> BY_RANK =
      Comparator.comparingLong(PoolMember::group)
          .thenComparing(Comparator.comparingLong(PoolMember::rank).reversed())
          .thenComparingLong(PoolMember::id);

  private final Optional<PoolPolicy> told;
  private final long policyType;
  private final List<PoolElement> elements;
  private final Map<Long, PoolMember> members = new TreeMap<>();
  private final RandomGenerator random;
  private final ClientHash hash;
  private final UserChoice choice;

  /** Of each group of the hash, by rank. */
  private final List<List<PoolMember>> groups;

  private MemberSelection(
      Optional<PoolPolicy> told, List<PoolElement> elements, RandomGenerator random) {
    this.told = told;
    // RFC 5352 section 2.2.6: round robin, if nothing else is said.
    this.policyType = told.map(PoolPolicy::policyType).orElse(PolicyType.ROUND_ROBIN);
    this.elements = elements;
    this.random = random;
    for (PoolElement each : elements) {
      members.put(each.identifier(), member(policyType, each));
    }
    boolean hashed = policyType == PolicyType.CLIENT_HASH;
    hash = hashed ? new ClientHash(elements) : null;
    groups =
        hashed
            ? hash.groups().stream().map(each -> List.copyOf(members(each))).toList()
            : List.of();
    choice = hashed || elements.isEmpty() ? null : new UserChoice(policyType, elements, random);
  }

  /**
   * What a positive response says. The policy is that of the response, whatever stands in the
   * members (RFC 5352 section 2.2.6); of members with the same identifier the first counts.
   *
   * @param random may be asked by any thread
   */
  static MemberSelection of(HandleResolutionResponse response, RandomGenerator random) {
    Map<Long, PoolElement> named = new LinkedHashMap<>();
    response.elements().forEach(each -> named.putIfAbsent(each.identifier(), each));
    return new MemberSelection(response.policy(), List.copyOf(named.values()), random);
  }

  private static PoolMember member(long policyType, PoolElement element) {
    Optional<HashValues> values =
        policyType == PolicyType.CLIENT_HASH ? HashValues.of(element.policy()) : Optional.empty();
    TransportParameter transport = element.userTransport();
    boolean weighted =
        policyType == PolicyType.WEIGHTED_ROUND_ROBIN || policyType == PolicyType.WEIGHTED_RANDOM;
    long number = element.policy().number(0);
    return new PoolMember(
        element.identifier(),
        values.map(HashValues::group).orElse(0L),
        values.map(HashValues::weight).orElse(weighted ? number : 0L),
        values.map(HashValues::rank).orElse(policyType == PolicyType.PRIORITY ? number : 0L),
        transport.addresses().stream().findFirst().orElse(Ipv6.UNSPECIFIED),
        transport.port(),
        carrier(transport),
        element.home());
  }

  private static UserTransport carrier(TransportParameter transport) {
    if (transport instanceof PortTransport port) {
      return switch (port.protocol()) {
        case TCP -> UserTransport.TCP;
        case UDP -> UserTransport.UDP;
        case UDP_LITE -> UserTransport.OTHER;
      };
    }
    return transport instanceof SctpTransport ? UserTransport.SCTP : UserTransport.OTHER;
  }

  /** As {@link io.leasehold.pool.PoolView#policy}. */
  String policy() {
    return elements.isEmpty() ? "" : PolicyType.name(policyType);
  }

  /** By identifier. */
  List<PoolMember> members() {
    return List.copyOf(members.values());
  }

  Set<Long> ids() {
    return members.keySet();
  }

  /** Of the members in a message. */
  int octets() {
    return MessageWriter.length(elements);
  }

  boolean isEmpty() {
    return elements.isEmpty();
  }

  /** Whether a member of the other that this one does not name is not there. */
  boolean isAsWholeAs(MemberSelection other) {
    return policyType == other.policyType && !isDrawn();
  }

  /** These, and those of the other ones; of nobody the policy is theirs. */
  MemberSelection with(MemberSelection other, Set<Long> others) {
    List<PoolElement> all = new ArrayList<>(elements);
    other.elements.stream().filter(each -> others.contains(each.identifier())).forEach(all::add);
    return isEmpty()
        ? new MemberSelection(other.told, all, other.random)
        : new MemberSelection(told, all, random);
  }

  /** Whether both say the same to who follows the pool, though perhaps in another order. */
  boolean isLike(MemberSelection other) {
    return policy().equals(other.policy()) && members.equals(other.members);
  }

  /** Whether there is a member that is reached in this way. */
  boolean has(PoolMember sought) {
    PoolMember member = members.get(sought.id());
    return member != null && member.isReachedAs(sought);
  }

  /** As {@link io.leasehold.pool.PoolSubscription#candidates}. */
  List<PoolMember> candidates(Bytes client) {
    if (hash != null) {
      return inOrder(hash.order(client));
    }
    return choice == null ? List.of() : members(choice.next());
  }

  private List<PoolMember> inOrder(int[] order) {
    if (order.length == 1) {
      return groups.get(order[0]);
    }
    List<PoolMember> found = new ArrayList<>(members.size());
    for (int each : order) {
      found.addAll(groups.get(each));
    }
    return found;
  }

  private List<PoolMember> members(List<PoolElement> order) {
    List<PoolMember> found = new ArrayList<>(order.size());
    for (PoolElement each : order) {
      found.add(members.get(each.identifier()));
    }
    return found;
  }

  /** As {@link io.leasehold.pool.PoolUserControl#trace}; nobody's turn passes. */
  List<PoolTrace.Step> trace(Bytes client) {
    if (hash != null) {
      return inOrder(hash.order(client)).stream()
          .map(each -> new PoolTrace.Step(each, why(client, each)))
          .toList();
    }
    return choice == null
        ? List.of()
        : members(choice.preview()).stream()
            .map(each -> new PoolTrace.Step(each, why(each)))
            .toList();
  }

  private String why(Bytes client, PoolMember member) {
    return hash.hasBuckets()
        ? "bucket, rank " + member.rank()
        : "score %.4f, rank %d".formatted(hash.score(client, member.group()), member.rank());
  }

  private String why(PoolMember member) {
    return policyType == PolicyType.PRIORITY ? "priority " + member.rank() : policy();
  }

  /**
   * Members that have clients, each by the place in which it has them: of each group the one of the
   * highest rank, of a pool by priority the first, of a pool whose members are drawn none, and of
   * any other pool each for itself.
   */
  Map<Long, PoolMember> heads() {
    if (isDrawn()) {
      return Map.of();
    }
    if (!isRanked()) {
      return members;
    }
    Map<Long, PoolMember> heads = new LinkedHashMap<>();
    inOrder().forEach(each -> heads.putIfAbsent(each.group(), each));
    return heads;
  }

  /** Registrars name a few, others each time; who is not named has not left. */
  private boolean isDrawn() {
    return policyType == PolicyType.WEIGHTED_RANDOM
        || policyType == PolicyType.RANDOMIZED_LEAST_USED
        || policyType == PolicyType.LEAST_USED_DEGRADATION;
  }

  private boolean isRanked() {
    return hash != null || policyType == PolicyType.PRIORITY;
  }

  /** Who has the clients of a place that is gone. */
  List<PoolMember> heirs() {
    return hash == null ? inOrder().stream().limit(1).toList() : List.copyOf(heads().values());
  }

  /** Who has the clients of a member that does not answer; those that do not either pass on. */
  Optional<PoolMember> heir(PoolMember silent, Predicate<PoolMember> isSilent) {
    return inOrder().stream()
        .filter(each -> each.group() == silent.group() && each.id() != silent.id())
        .filter(each -> !isSilent.test(each))
        .findFirst();
  }

  /** The members in the order in which they have clients, those of a group together. */
  private List<PoolMember> inOrder() {
    if (isRanked()) {
      return members.values().stream().sorted(BY_RANK).toList();
    }
    return choice == null ? List.of() : members(choice.preview());
  }

  /** The same as a message, in which the members have their order. */
  HandleResolutionResponse toResponse(PoolHandle handle) {
    return new HandleResolutionResponse(false, handle, told, elements, Optional.empty());
  }
}
