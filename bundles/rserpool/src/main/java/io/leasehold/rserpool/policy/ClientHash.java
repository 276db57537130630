// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Who serves a client of a pool by client hash: first a group, which stays the same for a client as
 * long as the group has a member, then its members by rank. Whoever knows the same members comes to
 * the same result, without asking anybody. Immutable; any thread.
 *
 * <p>Groups have weights: of those the client's is the one of highest score (rendezvous hashing),
 * so that no client of another group moves when a group comes or goes. Or all of them have buckets
 * (RFC 3074), and the client's is the one whose bucket it is. In a pool with both, those with
 * buckets serve nobody.
 */
public final class ClientHash {
  private static final int KEY_OCTETS = 16;

  private final List<Group> groups;
  private final boolean hasBuckets;
  private final int ignored;

  private record Member(PoolElement element, HashValues values) {
    static Optional<Member> of(PoolElement element) {
      return HashValues.of(element.policy()).map(values -> new Member(element, values));
    }
  }

  /** Members by rank, and what is true of one of them. */
  private record Group(long id, long weight, List<HashValues> values, List<PoolElement> elements) {
    boolean serves(int bucket) {
      return values.stream().anyMatch(each -> each.serves(bucket));
    }
  }

  private record Scored(double score, Group group) {}

  /** Of all members of a pool; those of other policies serve nobody. */
  public ClientHash(List<PoolElement> elements) {
    List<Member> members = elements.stream().map(Member::of).flatMap(Optional::stream).toList();
    hasBuckets = members.stream().allMatch(each -> each.values().hasBuckets());
    Map<Long, List<Member>> byGroup = new TreeMap<>(Comparator.reverseOrder());
    int used = 0;
    for (Member each : members) {
      if (each.values().hasBuckets() == hasBuckets) {
        byGroup.computeIfAbsent(each.values().group(), any -> new ArrayList<>()).add(each);
        used++;
      }
    }
    ignored = elements.size() - used;
    groups = byGroup.entrySet().stream().map(e -> group(e.getKey(), e.getValue())).toList();
  }

  private static Group group(long id, List<Member> members) {
    members.sort(
        Comparator.comparingLong((Member each) -> -each.values().rank())
            .thenComparingLong(each -> each.element().identifier()));
    List<HashValues> values = members.stream().map(Member::values).toList();
    return new Group(
        id,
        values.stream().mapToLong(HashValues::weight).max().orElse(0),
        values,
        members.stream().map(Member::element).toList());
  }

  /**
   * What a client of DHCPv4 is known by (RFC 3074 section 4).
   *
   * @param clientIdentifier the value of its option, if there is one
   * @param hardwareAddress as many octets as the message says
   */
  public static Bytes dhcp4Key(Optional<Bytes> clientIdentifier, Bytes hardwareAddress) {
    return clientIdentifier
        .filter(each -> !each.isEmpty())
        .map(each -> each.slice(0, Math.min(each.length(), KEY_OCTETS)))
        .orElse(hardwareAddress);
  }

  /** How many members serve nobody, because their values do not go with those of the others. */
  public int ignored() {
    return ignored;
  }

  /** The group of a client; none if there is none, or nobody has its bucket. */
  public OptionalLong group(Bytes clientKey) {
    Group best = hasBuckets ? ofBucket(clientKey) : ofScore(clientKey);
    return best == null ? OptionalLong.empty() : OptionalLong.of(best.id());
  }

  /** The members of the client's group in the order in which they are to be tried. */
  public List<PoolElement> candidates(Bytes clientKey) {
    Group best = hasBuckets ? ofBucket(clientKey) : ofScore(clientKey);
    return best == null ? List.of() : best.elements();
  }

  /**
   * The members of all groups: the client's own group, then those that it would have if that were
   * gone, and so on. With buckets there is only the first.
   */
  public List<PoolElement> candidatesOfAll(Bytes clientKey) {
    if (hasBuckets) {
      return candidates(clientKey);
    }
    MessageDigest digest = digest();
    return groups.stream()
        .map(each -> new Scored(score(digest, clientKey, each), each))
        .sorted(Comparator.comparingDouble(each -> -each.score()))
        .flatMap(each -> each.group().elements().stream())
        .toList();
  }

  /** Where buckets overlap, the larger group id has them; groups are in that order. */
  private Group ofBucket(Bytes clientKey) {
    int bucket = PearsonTable.bucket(clientKey);
    for (Group each : groups) {
      if (each.serves(bucket)) {
        return each;
      }
    }
    return null;
  }

  /** Whether groups have buckets; otherwise they have scores. */
  public boolean hasBuckets() {
    return hasBuckets;
  }

  /** The score of a group for a client; the highest one has it. 0 if there is no such group. */
  public double score(Bytes clientKey, long group) {
    return groups.stream()
        .filter(each -> each.id() == group)
        .mapToDouble(each -> score(digest(), clientKey, each))
        .findFirst()
        .orElse(0);
  }

  private Group ofScore(Bytes clientKey) {
    MessageDigest digest = digest();
    Group best = null;
    double highest = -1;
    for (Group each : groups) {
      double score = score(digest, clientKey, each);
      if (score > highest) {
        highest = score;
        best = each;
      }
    }
    return best;
  }

  /** Everybody must come to the same number: hence a strict logarithm. */
  private static double score(MessageDigest digest, Bytes clientKey, Group group) {
    ByteBuffer octets = ByteBuffer.allocate(clientKey.length() + Integer.BYTES);
    clientKey.putInto(octets);
    octets.putInt((int) group.id());
    long bits = ByteBuffer.wrap(digest.digest(octets.array())).getLong() >>> 11;
    return -group.weight() / StrictMath.log(bits * 0x1p-53);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
