// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.failover.BindingContainer;
import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.BoundAssociation;
import io.leasehold.codec.failover.BoundLease;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.Dhcp4Binding;
import io.leasehold.codec.failover.PrefixBinding;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.pool.AddressHalves;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Leases as the partner is told of them (RFC 8156 section 7.4). */
final class BindingWriter {
  private static final long INFINITE = 0xffff_ffffL;

  private BindingWriter() {}

  /** An association of a client. */
  private record Association(LeaseKind kind, long iaid) {}

  /**
   * Whether there is an update that says this: in the global network, and of DHCPv4 to a partner
   * that wants it.
   */
  static boolean canTell(Lease lease, boolean tellsDhcp4) {
    boolean isTold =
        isDhcp4(lease)
            ? tellsDhcp4 && Dhcp4Names.canName(lease.client())
            : isBare(lease) || Nobody.duidOf(lease).isPresent();
    return isTold && lease.key().realm() == 0;
  }

  /** Whether it is told by the extension for DHCPv4. */
  static boolean isDhcp4(Lease lease) {
    return lease.key().kind() == LeaseKind.IPV4;
  }

  /** Whether it is told without a client: what changes hands between the partners. */
  static boolean isBare(Lease lease) {
    return !AddressHalves.isHalved(lease.key().kind())
        && switch (lease.state()) {
          case FREE, FREE_BACKUP, PENDING_FREE -> true;
          default -> false;
        };
  }

  /**
   * One update.
   *
   * @param leases of one client, or a single one that {@link #isBare} or {@link #isDhcp4}; all
   *     {@link #canTell}
   * @param now seconds since 1970
   */
  static BindingContainer write(List<Lease> leases, long now) {
    Lease first = leases.get(0);
    AbsoluteTime base = AbsoluteTime.ofUnixSeconds(now);
    if (isDhcp4(first)) {
      return dhcp4(first, now);
    }
    if (isBare(first)) {
      BindingFacts facts = facts(first, now).build();
      return new PrefixBinding(
          Optional.of(base), Optional.empty(), new BoundLease(first.key().asPrefix(), 0, 0, facts));
    }
    Map<Association, List<Lease>> found = new LinkedHashMap<>();
    for (Lease lease : leases) {
      found
          .computeIfAbsent(
              new Association(lease.key().kind(), lease.iaid()), key -> new ArrayList<>())
          .add(lease);
    }
    List<BoundAssociation> associations = new ArrayList<>();
    found.forEach((key, members) -> associations.add(association(key, members, now)));
    return ClientBinding.update(Nobody.duidOf(first).orElseThrow(), base, associations);
  }

  private static Dhcp4Binding dhcp4(Lease lease, long now) {
    boolean isBare = isBare(lease);
    return Dhcp4Binding.update(
        isBare ? Optional.empty() : Dhcp4Names.of(lease.client()),
        isBare ? Optional.empty() : lease.hardwareAddress(),
        AbsoluteTime.ofUnixSeconds(now),
        isBare
            ? new BoundLease(lease.key().asPrefix(), 0, 0, facts(lease, now).build())
            : ofClient(lease, now));
  }

  private static BoundAssociation association(Association key, List<Lease> members, long now) {
    List<BoundLease> leases = members.stream().map(lease -> ofClient(lease, now)).toList();
    long shortest = leases.stream().mapToLong(BoundLease::validSeconds).min().orElse(0);
    boolean isTemporary = key.kind() == LeaseKind.IA_TA;
    return new BoundAssociation(
        kind(key.kind()),
        key.iaid(),
        isTemporary ? 0 : fraction(shortest, 5),
        isTemporary ? 0 : fraction(shortest, 8),
        Optional.empty(),
        leases);
  }

  private static BoundAssociation.Kind kind(LeaseKind kind) {
    return switch (kind) {
      case IA_PD -> BoundAssociation.Kind.PREFIXES;
      case IA_TA -> BoundAssociation.Kind.TEMPORARY;
      default -> BoundAssociation.Kind.ADDRESSES;
    };
  }

  /** Renewal times as they are handed out unless a plan says otherwise; they are not recorded. */
  private static long fraction(long seconds, int tenths) {
    return seconds == INFINITE ? INFINITE : seconds * tenths / 10;
  }

  private static BoundLease ofClient(Lease lease, long now) {
    LeaseTimes times = lease.times();
    BindingFacts.Builder facts = facts(lease, now);
    if (times.lastTransaction() != 0) {
      facts.clientHeard(AbsoluteTime.ofUnixSeconds(times.lastTransaction()));
    }
    LeaseMarks marks = LeaseMarks.of(lease);
    if (marks.partnerHeard() != 0) {
      facts.partnerHeard(AbsoluteTime.ofUnixSeconds(marks.partnerHeard()));
    }
    if (lease.state() != LeaseState.ACTIVE) {
      return new BoundLease(lease.key().asPrefix(), 0, 0, facts.build());
    }
    long given = Math.max(times.lastTransaction(), marks.partnerHeard());
    long valid = LeaseTimes.remaining(times.expires(), given);
    long preferred = LeaseTimes.remaining(times.preferredUntil(), given);
    return new BoundLease(lease.key().asPrefix(), Math.min(preferred, valid), valid, facts.build());
  }

  private static BindingFacts.Builder facts(Lease lease, long now) {
    BindingFacts.Builder facts =
        BindingFacts.builder()
            .status(status(lease), AbsoluteTime.ofUnixSeconds(lease.times().stateSince()));
    if (isTimed(lease, now)) {
      facts.statusUntil(AbsoluteTime.ofUnixSeconds(lease.times().expires(), now));
      facts.partnerLifetime(lifetime(lease, now));
      long ours = LeaseMarks.of(lease).ours();
      if (ours != 0) {
        facts.acknowledged(AbsoluteTime.ofUnixSeconds(ours, now));
      }
    }
    return facts;
  }

  /** What is asked back is pending here, and FREE for the partner. */
  private static BindingStatus status(Lease lease) {
    return lease.state() == LeaseState.PENDING_FREE
        ? BindingStatus.FREE
        : BindingStatus.of(lease.state().code()).orElseThrow();
  }

  /** Whether the state ends by itself: not if it is free, nor when all memory is over. */
  private static boolean isTimed(Lease lease, long now) {
    long expires = lease.times().expires();
    return switch (lease.state()) {
      case ACTIVE -> true;
      case FREE, FREE_BACKUP, PENDING_FREE -> false;
      // Also what is over: the partner would take no end for out of use for good.
      case ABANDONED -> expires != LeaseTimes.NEVER;
      default -> expires > now && expires != LeaseTimes.NEVER;
    };
  }

  /**
   * The partner-lifetime that an update of the lease names: what is to be acknowledged, or what was
   * before if the partner is told again. One that says nothing of it is over when its client's is.
   */
  static AbsoluteTime lifetime(Lease lease, long now) {
    LeaseMarks marks = LeaseMarks.of(lease);
    long until = marks.partnerLifetime() != 0 ? marks.partnerLifetime() : marks.acked();
    long said = until != 0 ? until : lease.times().expires();
    return AbsoluteTime.ofUnixSeconds(said, now);
  }
}
