// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.server.plan.Selectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is spoken for in the whole plan, to find what is spoken for twice. */
final class Claims {
  private record Claim(
      Place place, Ipv6 first, Ipv6 last, String title, boolean prefixes, boolean governed) {}

  private record Sign(Place place, Object link) {}

  private final Findings findings;
  private final Map<String, Sign> signs = new HashMap<>();
  private final List<Claim> pools = new ArrayList<>();
  private final List<Claim> subnets = new ArrayList<>();
  private final Map<Prefix, Place> subnetPlaces = new HashMap<>();
  private final Map<Prefix, Place> reservedPrefixes = new HashMap<>();

  Claims(Findings findings) {
    this.findings = findings;
  }

  void pool(Place place, Ipv6 first, Ipv6 last, Prefix subnet) {
    pools.add(
        new Claim(
            place,
            first,
            last,
            "the pool " + first + " - " + last + " of " + subnet,
            false,
            false));
  }

  void prefixPool(Place place, Prefix pool, Prefix subnet) {
    pools.add(
        new Claim(
            place,
            pool.first(),
            pool.last(),
            "the pd-pool " + pool + " of " + subnet,
            true,
            false));
  }

  /** Takes a subnet; {@code governed} if it is shared with another server. */
  void subnet(Place place, Prefix prefix, boolean governed) {
    String title = "the subnet " + prefix;
    subnetPlaces.putIfAbsent(prefix, place);
    subnets.add(new Claim(place, prefix.first(), prefix.last(), title, false, governed));
  }

  /** Keeps a prefix, or an address as a prefix of length 128, for one client. */
  void reserved(Place place, Prefix resource) {
    Place first = reservedPrefixes.putIfAbsent(resource, place);
    if (first != null) {
      String shown = resource.length() == 128 ? resource.address().toString() : resource.toString();
      findings.error(place, "\"" + shown + "\" is already reserved at " + first);
    }
  }

  /**
   * Notes what tells the packets of a link, to warn if it tells those of another link too.
   *
   * @param open whether clients of all classes may be there, so that no other link gets any
   */
  void selectors(Fields fields, Selectors selectors, Object link, boolean open) {
    selectors
        .interfaceName()
        .ifPresent(
            name ->
                selector(fields.place("interface"), "the interface \"" + name + "\"", link, open));
    selectors
        .interfaceId()
        .ifPresent(
            id ->
                selector(
                    fields.place("interface-id"), "the interface-id 0x" + id.toHex(), link, open));
    selectors
        .relayAddresses()
        .forEach(address -> selector(fields.place("relay"), "the relay " + address, link, open));
  }

  private void selector(Place place, String what, Object link, boolean open) {
    Sign first = open ? signs.putIfAbsent(what, new Sign(place, link)) : signs.get(what);
    if (first != null && first.link() != link) {
      findings.warn(
          place,
          what
              + " already tells the packets of another link at "
              + first.place()
              + "; that one gets them");
    }
  }

  /** Where each subnet is. */
  Map<Prefix, Place> subnetPlaces() {
    return subnetPlaces;
  }

  /** Reports prefixes that are reserved and have one another. */
  private void checkReserved() {
    List<Claim> delegated = new ArrayList<>();
    reservedPrefixes.forEach(
        (prefix, place) -> {
          if (prefix.length() < 128) {
            String title = "the reserved prefix " + prefix;
            delegated.add(new Claim(place, prefix.first(), prefix.last(), title, true, false));
          }
        });
    overlaps(
        delegated,
        (one, other) ->
            findings.error(
                other.place(), other.title() + " overlaps " + one.title() + " at " + one.place()));
  }

  /** Reports pools, subnets and reserved prefixes that overlap. */
  void check() {
    checkReserved();
    overlaps(
        pools,
        (one, other) -> {
          String text = other.title() + " overlaps " + one.title() + " at " + one.place();
          if (one.prefixes() == other.prefixes()) {
            findings.error(other.place(), text);
          } else {
            findings.warn(other.place(), text);
          }
        });
    overlaps(
        subnets,
        (one, other) -> {
          boolean same = one.first().equals(other.first()) && one.last().equals(other.last());
          if (same) {
            findings.error(other.place(), other.title() + " is already at " + one.place());
          } else if (one.governed() || other.governed()) {
            // RFC 8156 section 6.2: what is in it belongs to one relationship only.
            findings.error(
                other.place(),
                other.title()
                    + " overlaps "
                    + one.title()
                    + " at "
                    + one.place()
                    + ", and \"failover\" is set; accepted is a subnet that overlaps no other");
          } else {
            findings.warn(
                other.place(),
                other.title()
                    + " overlaps "
                    + one.title()
                    + " at "
                    + one.place()
                    + "; where its clients are must not depend on addresses alone");
          }
        });
  }

  private interface Overlap {
    void report(Claim one, Claim other);
  }

  /**
   * One pass in the order of first addresses: what overlaps anything overlaps the claim that
   * reaches furthest so far.
   */
  private static void overlaps(List<Claim> claims, Overlap overlap) {
    List<Claim> sorted = new ArrayList<>(claims);
    sorted.sort(Comparator.comparing(Claim::first));
    Claim furthest = null;
    for (Claim claim : sorted) {
      if (furthest != null && claim.first().compareTo(furthest.last()) <= 0) {
        boolean inOrder = furthest.place().compareTo(claim.place()) <= 0;
        overlap.report(inOrder ? furthest : claim, inOrder ? claim : furthest);
      }
      furthest = furthest == null || claim.last().compareTo(furthest.last()) > 0 ? claim : furthest;
    }
  }
}
