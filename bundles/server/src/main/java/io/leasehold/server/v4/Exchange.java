// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4Options;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.answer.Grant;
import io.leasehold.server.answer.LeaseExchange;
import io.leasehold.server.lease.Choice;
import io.leasehold.server.lease.LeaseTable;
import io.leasehold.server.lease.LinkLeases;
import io.leasehold.server.lease.Wish;
import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.plan.PingCheck;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.ProbeWish;
import io.leasehold.server.v4.intake.Client;
import io.leasehold.server.v4.intake.Dhcp4Request;
import io.leasehold.server.v4.intake.Drop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A request and the leases of a client that has one address on a link. Owned by the lane. */
final class Exchange extends LeaseExchange<Dhcp4Request> {
  /** Leases of one client that are looked at. */
  private static final int MAX_HELD = 32;

  /** A client has one address on a link, and no identity associations. */
  private static final long IAID = 0;

  private List<Lease> knownOrNull;
  private ProbeWish probeOrNull;

  Exchange(Dhcp4Request request, LinkLeases leases, long now) {
    super(request, new RequestFacts(request), leases, now);
  }

  /** The subnet of this link that an address is in, else the one the packet pointed at. */
  Subnet subnetOf(Ipv4 address) {
    return leases.subnetOf(Ipv6.mapped(address)).orElseGet(() -> request.placeOrNull().subnet());
  }

  /** Whether the plan keeps an address for the client on this link. */
  boolean hasReservedAddress() {
    return link().subnets().stream()
        .map(reserved::in)
        .anyMatch(one -> one != null && !one.addresses().isEmpty());
  }

  static LeaseKey key(Ipv4 address) {
    return LeaseKey.address(Family.IPV4, Ipv6.mapped(address));
  }

  /**
   * The client's leases on this link, also those that are over and remembered. A client that has
   * begun to send an identifier, or ceased to, is known by its hardware address, as in Kea: the
   * firmware of a host often sends none, and its system one.
   */
  List<Lease> known() {
    if (knownOrNull == null) {
      Client client = request.client();
      knownOrNull = List.of();
      LeaseTable table = leases.table();
      addKnown(table.ofClient(client.identity(), MAX_HELD));
      addKnown(
          client.hasClientId()
              ? table.ofClient(client.byHardware(), MAX_HELD)
              : table.ofHardware(client.identity(), MAX_HELD));
    }
    return knownOrNull;
  }

  private void addKnown(List<Lease> all) {
    for (int i = 0; i < all.size(); i++) {
      Lease lease = all.get(i);
      if (lease.key().kind() == LeaseKind.IPV4 && leases.isOfThisLink(lease)) {
        knownOrNull = knownOrNull.isEmpty() ? new ArrayList<>(2) : knownOrNull;
        knownOrNull.add(lease);
      }
    }
  }

  /** The client's lease on an address of this link; null if it has none. */
  Lease held(LeaseKey key) {
    Lease lease = find(key);
    boolean held =
        lease != null
            && lease.state() == LeaseState.ACTIVE
            && leases.isOfThisLink(lease)
            && isOwn(lease);
    return held ? lease : null;
  }

  /** The lease with a key, whoever has it; null if there is none. The client's are at hand. */
  private Lease find(LeaseKey key) {
    for (Lease own : known()) {
      if (own.key().equals(key)) {
        return own;
      }
    }
    return leases.table().find(key);
  }

  /** Whether a lease is the client's: by identifier, or by hardware where one side has none. */
  private boolean isOwn(Lease lease) {
    Client client = request.client();
    if (lease.client().equals(client.identity())) {
      return true;
    }
    if (client.hasClientId()) {
      return lease.client().equals(client.byHardware());
    }
    Bytes hardware = lease.details().get(LeaseDetails.HARDWARE_ADDRESS).orElse(Bytes.EMPTY);
    return lease.client().type() == ClientIdentity.Type.CLIENT_ID
        && hardware.length() > 2
        && client.hardwareOrNull() != null
        && hardware.u16(0) == client.hardwareOrNull().type()
        && hardware.slice(2, hardware.length()).equals(client.hardwareOrNull().address());
  }

  /** Chooses an address to offer; null if there is none. */
  Choice choose() {
    for (Lease lease : known()) {
      if (lease.state() == LeaseState.ACTIVE) {
        if (!isUnderOtherIdentity(lease)) {
          break; // Its own comes first, and these come first.
        }
        Choice kept = kept(lease);
        if (kept != null) {
          return kept;
        }
      }
    }
    return leases.choose(wish(request.requestedAddress()), now).orElse(null);
  }

  /** The address, if the client may have it now; null if not. */
  Choice claim(Ipv4 address) {
    Lease held = held(key(address));
    return held != null && isUnderOtherIdentity(held)
        ? kept(held)
        : leases.claim(wish(address), now).orElse(null);
  }

  private boolean isUnderOtherIdentity(Lease lease) {
    return !lease.client().equals(request.client().identity());
  }

  /** Whether the plan decides here who has an address, even if it is not for this client. */
  boolean isOurs(LeaseKey key) {
    return leases.isInPool(key) || locate(key) != null;
  }

  /** A lease that the client got under another identity, if it may go on; null if not. */
  private Choice kept(Lease lease) {
    boolean better = !reserved.isEmpty() && !reserved.contains(lease.key());
    return better || leases.reservedForOther(lease.key(), request.identifiers())
        ? null
        : locate(lease.key());
  }

  private Wish wish(Ipv4 hint) {
    Prefix wanted = hint.isUnspecified() ? null : new Prefix(Ipv6.mapped(hint), 128);
    return new Wish(
        LeaseKind.IPV4,
        request.client().identity(),
        IAID,
        request.identifiers(),
        wanted,
        0,
        List.of(),
        request.placeOrNull().subnet().id(),
        classification().members());
  }

  /** What the client gets with an address: for how long. */
  Grant grant(Choice choice) {
    Lease previous = held(choice.key());
    Options options = request.message().options();
    long wish = options.first(Dhcp4Options.LEASE_TIME).orElse(0L);
    Lifetimes.Range range = classification().valid(choice.subnet().lifetimes().valid());
    long seconds = range.choose(wish);
    if (isCrowded(choice.subnet())) {
      long left = previous == null ? 0 : LeaseTimes.remaining(previous.times().expires(), now);
      seconds = Math.min(seconds, Math.max(range.least(), left));
    }
    return promised(choice, previous, seconds);
  }

  /** Whether the plan gives an address to who asks for none in particular. */
  boolean isLenientWithRequests() {
    return leases.plan().settings().compatibility().requestsWithoutAddress();
  }

  /** What a client gets that does not know of lease times. */
  Grant grantForEver(Choice choice) {
    return promised(choice, held(choice.key()), Lifetimes.FOREVER);
  }

  private Grant promised(Choice choice, Lease previousOrNull, long desired) {
    long seconds = leases.promisedSeconds(choice.key(), request.client().identity(), desired, now);
    boolean named = request.subject().equals(choice.key().address().toIpv4());
    return told(new Grant(choice, previousOrNull, seconds, seconds, desired), named);
  }

  /** Whether so many addresses are in use that leases are short, as in Kea. */
  private boolean isCrowded(Subnet subnet) {
    return subnet.dhcp4().adaptiveThreshold().isPresent()
        && leases.occupancy(subnet) >= subnet.dhcp4().adaptiveThreshold().getAsDouble();
  }

  /**
   * Notes that an offered address is to be kept for the client for a while, and whether it is to be
   * probed first (RFC 2131 section 4.3.1).
   */
  void offer(Grant grant) {
    if (grant.previousOrNull() == null) {
      Subnet subnet = grant.choice().subnet();
      long seconds = classification().offerSeconds(subnet.dhcp4().offerSeconds());
      notes.offer(grant.key(), IAID, seconds);
      PingCheck check = leases.plan().settings().pingCheck();
      if (check.enabled() && !hadRecently(grant.key(), check.clientSeconds())) {
        Duration patience = Duration.ofMillis(check.replyMillis());
        probeOrNull =
            new ProbeWish(grant.key(), subnet.id(), check.requests(), patience, Drop.NO_ADDRESS);
      }
    }
  }

  private boolean hadRecently(LeaseKey key, long seconds) {
    return known().stream()
        .anyMatch(
            lease -> lease.key().equals(key) && now - lease.times().lastTransaction() < seconds);
  }

  /** What the answer waits for; null for nothing. */
  ProbeWish probeOrNull() {
    return probeOrNull;
  }

  /** Notes that an address is the client's, and that others it has on this link are not. */
  void bind(Grant grant) {
    // RFC 4039 section 3.1: who was not asked to choose may have taken the partner's answer.
    if (!request.isRapid() || leases.governanceOrNull() == null) {
      endOthers(grant);
    }
    notes.bind(grant, IAID, Timers.renewSeconds(grant));
  }

  private void endOthers(Grant grant) {
    for (Lease lease : known()) {
      if (lease.state() == LeaseState.ACTIVE
          && !isUnderOtherIdentity(lease)
          && !lease.key().equals(grant.key())) {
        notes.expire(lease);
      }
    }
  }
}
