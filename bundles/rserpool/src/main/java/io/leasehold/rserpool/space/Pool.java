// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.space;

import io.leasehold.rserpool.policy.PoolOrder;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A pool, which has at least one member. Policy type, transport type and transport use are those of
 * its members, which agree about them (RFC 5352 section 3.1); should registrars have let in members
 * that do not, those of the smallest identifier count, so that all registrars see the same. Of the
 * thread of its handlespace.
 */
public final class Pool {
  private final PoolHandle handle;
  private final RandomGenerator random;
  private final List<Member> members = new ArrayList<>(2);
  private long octets;
  private PoolOrder order;

  Pool(PoolHandle handle, RandomGenerator random) {
    this.handle = handle;
    this.random = random;
  }

  /** Its name. */
  public PoolHandle handle() {
    return handle;
  }

  /** Its members by their identifiers, unsigned; a view that changes with the pool. */
  public List<Member> members() {
    return Collections.unmodifiableList(members);
  }

  /** A member by its identifier. */
  public Optional<Member> member(long identifier) {
    int at = find(identifier);
    return at < 0 ? Optional.empty() : Optional.of(members.get(at));
  }

  /** Its policy; of the values only the length has a meaning. */
  public PoolPolicy policy() {
    return first().policy().ofPool();
  }

  /** The transport of one of its members, which shows its type and its use. */
  public TransportParameter transport() {
    return first().userTransport();
  }

  /**
   * Names members for a pool user (RFC 5352 section 3.3).
   *
   * @param most how many, see {@link PoolOrder#items}
   */
  public List<PoolElement> select(int most) {
    long policyType = first().policy().policyType();
    if (order == null || order.policyType() != policyType) {
      order = new PoolOrder(policyType, random);
    }
    return order.select(members, most).stream().map(Member::element).toList();
  }

  /** Whether one more member of so many octets can be named together with all others. */
  boolean canNameAll(int moreOctets, int mostOctets) {
    return first().policy().policyType() != PolicyType.CLIENT_HASH
        || octets + moreOctets <= mostOctets;
  }

  ElementKey key(Member member) {
    return new ElementKey(handle, member.element().identifier());
  }

  private PoolElement first() {
    return members.get(0).element();
  }

  void add(Member member) {
    members.add(-find(member.element().identifier()) - 1, member);
    octets += member.element().paddedLength();
  }

  void replace(Member member, PoolElement element) {
    octets += element.paddedLength() - member.element().paddedLength();
    member.replace(element);
  }

  void remove(Member member) {
    members.remove(find(member.element().identifier()));
    octets -= member.element().paddedLength();
  }

  /** Where members of that identifier and larger ones begin. */
  int from(long identifier) {
    int at = find(identifier);
    return at < 0 ? -at - 1 : at;
  }

  private int find(long identifier) {
    int low = 0;
    int high = members.size() - 1;
    while (low <= high) {
      int middle = low + high >>> 1;
      long found = members.get(middle).element().identifier();
      if (found == identifier) {
        return middle;
      }
      if (found < identifier) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -low - 1;
  }
}
