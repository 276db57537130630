// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import io.leasehold.allocation.GovernedLeases.Edit;
import io.leasehold.allocation.GovernedLeases.Outcome;
import io.leasehold.codec.failover.BindingContainer;
import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.BoundAssociation;
import io.leasehold.codec.failover.BoundLease;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.Dhcp4Binding;
import io.leasehold.codec.failover.PrefixBinding;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.net.Family;
import io.leasehold.net.HardwareAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A BNDUPD from its arrival to its BNDREPLY (RFC 8156 sections 7.5 and 7.6). */
final class ReceivedUpdate {
  private final int id;
  private final boolean tellsDhcp4;
  private final Optional<BindingContainer> container;
  private final List<Part> parts = new ArrayList<>();
  private Optional<StatusCode> refusal = Optional.empty();

  /** One lease of it; what is refused at once has no reception. */
  private static final class Part {
    private final BoundLease lease;
    private Reception reception;
    private Optional<StatusCode> refusal = Optional.empty();

    Part(BoundLease lease) {
      this.lease = lease;
    }
  }

  /**
   * Reads one; mistakes in it become refusals.
   *
   * @param tellsDhcp4 whether it may be of DHCPv4
   */
  ReceivedUpdate(int id, boolean tellsDhcp4, Options options) {
    this.id = id;
    this.tellsDhcp4 = tellsDhcp4;
    this.container = BindingContainer.read(options);
  }

  int id() {
    return id;
  }

  /** The same as what leases have as their key. */
  static LeaseKey key(BoundAssociation.Kind kind, BoundLease lease) {
    LeaseKind ours =
        switch (kind) {
          case ADDRESSES -> LeaseKind.IA_NA;
          case TEMPORARY -> LeaseKind.IA_TA;
          case PREFIXES -> LeaseKind.IA_PD;
        };
    return new LeaseKey(0, ours, lease.unit().address(), lease.unit().length());
  }

  /** The same of an IPv4 address. */
  static LeaseKey dhcp4Key(BoundLease lease) {
    return LeaseKey.address(Family.IPV4, lease.unit().address());
  }

  /**
   * Checks what can be checked without the leases.
   *
   * @param contains whether a unit is of the relationship
   * @param now seconds since 1970
   */
  void check(Predicate<LeaseKey> contains, BindingJudge judge, long now) {
    if (container.isEmpty()) {
      refuse(missing("exactly one client, prefix or IPv4 address is expected"));
    } else if (container.get() instanceof Dhcp4Binding && !tellsDhcp4) {
      refuse(
          new StatusCode(
              Dhcp6StatusCode.NOT_SUPPORTED, "leases of DHCPv4 were not offered by both"));
    } else if (container.get().network().filter(network -> !network.isGlobal()).isPresent()) {
      refuse(
          new StatusCode(
              Dhcp6StatusCode.CONFIGURATION_CONFLICT, "no virtual network is configured"));
    } else if (container.get().baseTime().isEmpty()) {
      refuse(missing("there is no base time"));
    }
    Check check = new Check(contains, judge, now);
    if (container.orElse(null) instanceof PrefixBinding prefix) {
      LeaseKey key = LeaseKey.prefix(prefix.lease().unit());
      check.part(prefix.lease(), key, Optional.empty(), 0);
    } else if (container.orElse(null) instanceof ClientBinding client) {
      check.client(client);
    } else if (container.orElse(null) instanceof Dhcp4Binding ipv4) {
      Optional<ClientIdentity> client = ipv4.client().map(Dhcp4Names::clientOf);
      check.part(ipv4.lease(), dhcp4Key(ipv4.lease()), client, 0);
    }
  }

  /** Checks of one update. */
  private final class Check {
    private final Predicate<LeaseKey> contains;
    private final BindingJudge judge;
    private final long now;

    Check(Predicate<LeaseKey> contains, BindingJudge judge, long now) {
      this.contains = contains;
      this.judge = judge;
      this.now = now;
    }

    void client(ClientBinding binding) {
      if (binding.client().isEmpty()) {
        refuse(missing("there is no client"));
      }
      if (binding.associations().isEmpty()) {
        refuse(missing("there is no association"));
      }
      Optional<ClientIdentity> client = binding.client().map(Nobody::clientOf);
      for (BoundAssociation association : binding.associations()) {
        if (association.leases().isEmpty()) {
          refuse(missing("an association is empty"));
        }
        for (BoundLease lease : association.leases()) {
          part(lease, key(association.kind(), lease), client, association.iaid());
        }
      }
    }

    void part(BoundLease lease, LeaseKey key, Optional<ClientIdentity> client, long iaid) {
      Part part = new Part(lease);
      parts.add(part);
      Optional<String> lacking = lacking(lease.facts(), client.orElse(ClientIdentity.NONE));
      if (lacking.isPresent()) {
        part.refusal = Optional.of(missing(lacking.get()));
      } else if (!contains.test(key)) {
        part.refusal = Optional.of(foreign());
      } else if (refusal.isEmpty()) {
        ClientIdentity who = client.orElse(ClientIdentity.NONE);
        part.reception =
            new Reception(Reported.of(key, who, iaid, lease, now).on(hardware()), judge);
      }
    }
  }

  private Optional<HardwareAddress> hardware() {
    return container.orElse(null) instanceof Dhcp4Binding ipv4 ? ipv4.hardware() : Optional.empty();
  }

  /** What has to be said and is not (section 7.4). */
  private static Optional<String> lacking(BindingFacts facts, ClientIdentity client) {
    if (facts.status().isEmpty()) {
      return Optional.of("there is no known status");
    }
    if (facts.statusSince().isEmpty()) {
      return Optional.of("there is no start of the status");
    }
    if (facts.status().get() != BindingStatus.ACTIVE) {
      return Optional.empty();
    }
    if (client.equals(ClientIdentity.NONE)) {
      return Optional.of("an active lease has a client");
    }
    return facts.statusUntil().isEmpty() || facts.partnerLifetime().isEmpty()
        ? Optional.of("an active lease has an end and a partner-lifetime")
        : Optional.empty();
  }

  private static StatusCode missing(String what) {
    return new StatusCode(Dhcp6StatusCode.MISSING_BINDING_INFORMATION, what);
  }

  private static StatusCode foreign() {
    return new StatusCode(
        Dhcp6StatusCode.CONFIGURATION_CONFLICT, "not of a subnet of this relationship");
  }

  /** Refuses all of it, unless it is refused. */
  void refuse(StatusCode status) {
    refusal = refusal.or(() -> Optional.of(status));
  }

  /** Whether it names a client's name or what has to go from the DNS. */
  boolean saysDns() {
    return parts.stream()
            .map(part -> part.lease.facts())
            .anyMatch(facts -> facts.fqdn().isPresent() || facts.dnsRemoval().isPresent())
        || container.orElse(null) instanceof ClientBinding client
            && client.dnsRemoval().isPresent();
  }

  /** What has to be done to leases; nothing of what is refused. */
  List<Edit> edits() {
    return receptions().map(each -> new Edit(each.key(), each)).toList();
  }

  private Stream<Reception> receptions() {
    return refusal.isPresent()
        ? Stream.empty()
        : parts.stream().map(part -> part.reception).filter(each -> each != null);
  }

  /** Takes the outcomes of its edits, in their order. */
  void take(Iterator<Outcome> outcomes) {
    if (refusal.isPresent()) {
      return;
    }
    for (Part part : parts) {
      if (part.reception != null) {
        part.refusal = refusal(outcomes.next(), part.reception);
      }
    }
  }

  private static Optional<StatusCode> refusal(Outcome outcome, Reception reception) {
    return switch (outcome) {
      case CHANGED, KEPT -> reception.refusal();
      case FOREIGN -> Optional.of(foreign());
      case FAILED ->
          Optional.of(new StatusCode(Dhcp6StatusCode.UNSPEC_FAIL, "it could not be recorded"));
    };
  }

  /** What leases are since they were taken. */
  Stream<LeaseChange> changes() {
    return receptions().flatMap(each -> each.taken().stream());
  }

  /** How many of its leases were refused. */
  long refused() {
    return refusal.isPresent()
        ? Math.max(parts.size(), 1)
        : parts.stream().filter(part -> part.refusal.isPresent()).count();
  }

  /** How many leases it has. */
  int size() {
    return parts.size();
  }

  /** The options of its BNDREPLY. */
  Options answer() {
    if (container.isEmpty()) {
      return Options.builder().add(Dhcp6Options.STATUS_CODE, refusal.orElseThrow()).build();
    }
    Iterator<Part> each = parts.iterator();
    if (container.get() instanceof PrefixBinding prefix) {
      Optional<StatusCode> error = refusal.or(() -> parts.get(0).refusal);
      return new PrefixBinding(Optional.empty(), prefix.network(), prefix.lease().answer(error))
          .toOptions();
    }
    if (container.get() instanceof Dhcp4Binding ipv4) {
      return ipv4.answer(refusal, parts.get(0).refusal).toOptions();
    }
    ClientBinding client = (ClientBinding) container.get();
    List<BoundAssociation> answers =
        client.associations().stream().map(one -> answer(one, each)).toList();
    return client.answer(refusal, answers).toOptions();
  }

  private static BoundAssociation answer(BoundAssociation association, Iterator<Part> parts) {
    List<BoundLease> leases =
        association.leases().stream().map(lease -> lease.answer(parts.next().refusal)).toList();
    return new BoundAssociation(
        association.kind(),
        association.iaid(),
        association.t1Seconds(),
        association.t2Seconds(),
        Optional.empty(),
        leases);
  }
}
