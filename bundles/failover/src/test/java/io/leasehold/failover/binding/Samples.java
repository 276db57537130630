// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.codec.failover.BindingContainer;
import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.BoundAssociation;
import io.leasehold.codec.failover.BoundLease;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.Dhcp4Binding;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.PrefixBinding;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import java.util.List;
import java.util.Optional;

/** Leases, and what partners say of them. */
final class Samples {
  static final long T = Side.START;
  static final LeaseKey ODD = LeaseKey.address(Ipv6.ofText("2001:db8:1::1001"));
  static final LeaseKey EVEN = LeaseKey.address(Ipv6.ofText("2001:db8:1::1002"));
  static final LeaseKey PREFIX = LeaseKey.prefix(Prefix.ofText("2001:db8:100::/56"));
  static final Duid DUID = new Duid(Bytes.ofHex("00030001020000000001"));
  static final ClientIdentity ALICE = ClientIdentity.of(DUID);
  static final ClientIdentity BOB =
      ClientIdentity.of(new Duid(Bytes.ofHex("00030001020000000002")));

  /** The partner must hear of it. */
  static final LeaseMarks DUE = new LeaseMarks(true, false, false, 0, 0, 0, 0);

  private Samples() {}

  /** A lease of IAID 1 without marks. */
  static Lease lease(LeaseKey key, ClientIdentity client, LeaseState state, LeaseTimes times) {
    long iaid = client.equals(ClientIdentity.NONE) ? 0 : 1;
    return new Lease(key, 7, client, iaid, state, times, LeaseDetails.NONE);
  }

  /** Given at a time for an hour; the partner must hear of it, with three days and a half hour. */
  static Lease active(LeaseKey key, ClientIdentity client, long at) {
    return new LeaseMarks(true, false, false, at + 1800 + 259200, 0, 0, 0)
        .on(given(key, client, at));
  }

  /** The same without marks. */
  static Lease given(LeaseKey key, ClientIdentity client, long at) {
    return lease(key, client, LeaseState.ACTIVE, new LeaseTimes(at, at, at + 3600, at + 3600));
  }

  /** Ended at a time, remembered for a day, heard an hour before; the partner must hear of it. */
  static Lease ended(LeaseKey key, ClientIdentity client, LeaseState state, long at) {
    return DUE.on(lease(key, client, state, new LeaseTimes(at, at - 3600, at, at + 86400)));
  }

  /** What the primary hands to the secondary. */
  static Lease handedOver(LeaseKey key, long at) {
    return DUE.on(
        lease(
            key,
            ClientIdentity.NONE,
            LeaseState.FREE_BACKUP,
            new LeaseTimes(at, 0, at, LeaseTimes.NEVER)));
  }

  static AbsoluteTime time(long seconds) {
    return AbsoluteTime.ofUnixSeconds(seconds);
  }

  /** The facts of a lease that was given for an hour. */
  static BindingFacts.Builder facts(BindingStatus status, long at) {
    BindingFacts.Builder facts = BindingFacts.builder().status(status, time(at));
    return status == BindingStatus.ACTIVE
        ? facts.statusUntil(time(at + 3600)).clientHeard(time(at)).partnerLifetime(time(at + 9000))
        : facts;
  }

  static BoundLease bound(LeaseKey key, BindingFacts facts) {
    boolean isActive = facts.status().filter(BindingStatus.ACTIVE::equals).isPresent();
    long seconds = isActive ? 3600 : 0;
    return new BoundLease(key.asPrefix(), seconds, seconds, facts);
  }

  /** What the partner says of leases of one kind of a client. */
  static ClientBinding update(Duid client, long now, LeaseKind kind, BoundLease... leases) {
    BoundAssociation.Kind association =
        kind == LeaseKind.IA_PD ? BoundAssociation.Kind.PREFIXES : BoundAssociation.Kind.ADDRESSES;
    return ClientBinding.update(
        client,
        time(now),
        List.of(
            new BoundAssociation(association, 1, 1800, 2880, Optional.empty(), List.of(leases))));
  }

  static Options update(LeaseKey key, BindingFacts facts, long now) {
    return update(DUID, now, key.kind(), bound(key, facts)).toOptions();
  }

  /** What the partner says of a prefix that nobody has. */
  static Options bare(LeaseKey key, BindingStatus status, long at) {
    BindingFacts facts = BindingFacts.builder().status(status, time(at)).build();
    return new PrefixBinding(Optional.of(time(at)), Optional.empty(), bound(key, facts))
        .toOptions();
  }

  /** The container of a message. */
  static BindingContainer container(FailoverMessage message) {
    return BindingContainer.read(message.options()).orElseThrow();
  }

  /** The leases of a message, bare or not. */
  static List<BoundLease> leases(FailoverMessage message) {
    if (container(message) instanceof Dhcp4Binding ipv4) {
      return List.of(ipv4.lease());
    }
    return container(message) instanceof ClientBinding client
        ? client.associations().stream().flatMap(each -> each.leases().stream()).toList()
        : List.of(((PrefixBinding) container(message)).lease());
  }

  /** The facts of the only lease of a message. */
  static BindingFacts facts(FailoverMessage message) {
    List<BoundLease> leases = leases(message);
    if (leases.size() != 1) {
      throw new AssertionError(leases.size() + " leases in " + message);
    }
    return leases.get(0).facts();
  }

  /** The answer to an update, with the same refusal of each lease. */
  static Options answer(FailoverMessage update, Optional<StatusCode> refusal) {
    if (container(update) instanceof PrefixBinding prefix) {
      return new PrefixBinding(Optional.empty(), Optional.empty(), prefix.lease().answer(refusal))
          .toOptions();
    }
    if (container(update) instanceof Dhcp4Binding ipv4) {
      return ipv4.answer(Optional.empty(), refusal).toOptions();
    }
    ClientBinding client = (ClientBinding) container(update);
    List<BoundAssociation> answers =
        client.associations().stream()
            .map(
                each ->
                    new BoundAssociation(
                        each.kind(),
                        each.iaid(),
                        each.t1Seconds(),
                        each.t2Seconds(),
                        Optional.empty(),
                        each.leases().stream().map(lease -> lease.answer(refusal)).toList()))
            .toList();
    return client.answer(Optional.empty(), answers).toOptions();
  }
}
