// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.policy;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
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
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final int[] NOBODY = new int[0];
  private static final ThreadLocal<Scorer> SCORERS = ThreadLocal.withInitial(Scorer::new);

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
    int[] order = order(clientKey);
    return order.length == 0 ? OptionalLong.empty() : OptionalLong.of(groups.get(order[0]).id());
  }

  /** The members of each group by rank; groups have their places here. */
  public List<List<PoolElement>> groups() {
    return groups.stream().map(Group::elements).toList();
  }

  /**
   * The place of the client's own group, then of those that it would have if that were gone, and so
   * on. With buckets there is only the first; nobody may have the client's bucket.
   */
  public int[] order(Bytes clientKey) {
    if (hasBuckets) {
      return ofBucket(clientKey);
    }
    int[] order = new int[groups.size()];
    if (order.length < 2) {
      return order; // Whatever the score is.
    }
    Scorer scorer = SCORERS.get();
    scorer.begin(clientKey);
    double[] scores = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      double score = scorer.score(groups.get(i));
      int place = i;
      for (; place > 0 && scores[place - 1] < score; place--) {
        scores[place] = scores[place - 1];
        order[place] = order[place - 1];
      }
      scores[place] = score;
      order[place] = i;
    }
    return order;
  }

  /** The members of the client's group in the order in which they are to be tried. */
  public List<PoolElement> candidates(Bytes clientKey) {
    int[] order = order(clientKey);
    return order.length == 0 ? List.of() : groups.get(order[0]).elements();
  }

  /** The members of all groups, see {@link #order}. */
  public List<PoolElement> candidatesOfAll(Bytes clientKey) {
    return Arrays.stream(order(clientKey))
        .mapToObj(each -> groups.get(each).elements().stream())
        .flatMap(each -> each)
        .toList();
  }

  /** Where buckets overlap, the larger group id has them; groups are in that order. */
  private int[] ofBucket(Bytes clientKey) {
    int bucket = PearsonTable.bucket(clientKey);
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i).serves(bucket)) {
        return new int[] {i};
      }
    }
    return NOBODY;
  }

  /** Whether groups have buckets; otherwise they have scores. */
  public boolean hasBuckets() {
    return hasBuckets;
  }

  /** The score of a group for a client; the highest one has it. 0 if there is no such group. */
  public double score(Bytes clientKey, long group) {
    Scorer scorer = SCORERS.get();
    scorer.begin(clientKey);
    return groups.stream()
        .filter(each -> each.id() == group)
        .mapToDouble(scorer::score)
        .findFirst()
        .orElse(0);
  }

  /** What is needed for each message of each client, once for a thread. */
  private static final class Scorer {
    private final MessageDigest digest = sha256();
    private final byte[] hash = new byte[digest.getDigestLength()];
    private byte[] octets = new byte[0];

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    void begin(Bytes clientKey) {
      if (octets.length != clientKey.length() + Integer.BYTES) {
        octets = new byte[clientKey.length() + Integer.BYTES];
      }
      clientKey.copyTo(octets, 0);
    }

    /** Everybody must come to the same number: hence a strict logarithm. */
    double score(Group group) {
      INTS.set(octets, octets.length - Integer.BYTES, (int) group.id());
      try {
        digest.update(octets);
        digest.digest(hash, 0, hash.length);
      } catch (DigestException e) {
        throw new IllegalStateException("there is room for a hash", e);
      }
      long bits = (long) LONGS.get(hash, 0) >>> 11;
      return -group.weight() / StrictMath.log(bits * 0x1p-53);
    }
  }
}
