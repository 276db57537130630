// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.net.Ipv6;
import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges what the IKE daemon lists (RFC 8213 section 3). A hop is between the ports of DHCP of two
 * hosts, the other one a configured peer. It carries messages only while a policy requires ESP both
 * ways whether an SA is there or not, so that the kernel sends nothing in clear at the moment an SA
 * goes, and the peer has proved who it is.
 */
final class Verification {
  static final int PORT4 = 67;
  static final int PORT6 = 547;

  private final List<IkeSa> associations;
  private final List<Policy> policies;
  private final Map<Ipv6, Peer> peers;
  private final Instant now;

  Verification(List<IkeSa> associations, List<Policy> policies, List<Peer> peers, Instant now) {
    this.associations = associations;
    this.policies = policies;
    this.peers = byAddress(peers);
    this.now = now;
  }

  private static Map<Ipv6, Peer> byAddress(List<Peer> peers) {
    Map<Ipv6, Peer> found = new HashMap<>();
    for (Peer peer : peers) {
      peer.names().stream()
          .filter(name -> name.kind() == PeerName.Kind.ADDRESS)
          .forEach(name -> found.put(Ipv6.ofText(name.value()), peer));
    }
    return found;
  }

  Map<Hop, Hop.Finding> findings() {
    Map<Hop, Hop.Finding> found = new LinkedHashMap<>();
    for (Policy policy : policies) {
      if (policy.requiresEsp()) {
        hops(policy).forEach(hop -> found.put(hop, finding(hop, policy)));
      }
    }
    return found;
  }

  /** Selectors of single hosts with the port of their family at both ends; others are no hops. */
  private List<Hop> hops(Policy policy) {
    return policy.local().stream()
        .filter(TrafficSelector::isHost)
        .flatMap(
            local ->
                policy.remote().stream()
                    .filter(TrafficSelector::isHost)
                    .filter(remote -> peers.containsKey(remote.first()))
                    .map(remote -> hop(local, remote)))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Hop> hop(TrafficSelector local, TrafficSelector remote) {
    Ipv6 here = local.first();
    Ipv6 there = remote.first();
    int port = here.isMapped() ? PORT4 : PORT6;
    return here.isMapped() == there.isMapped()
            && local.covers(here, port)
            && remote.covers(there, port)
        ? Optional.of(new Hop(here, port, there, port))
        : Optional.empty();
  }

  private Hop.Finding finding(Hop hop, Policy policy) {
    Peer peer = peers.get(hop.remote());
    boolean connecting =
        associations.stream()
            .filter(each -> each.connection().equals(policy.connection()))
            .anyMatch(each -> each.state().equals("CONNECTING"));
    boolean keyed = associations.stream().anyMatch(each -> !children(each, hop).isEmpty());
    return new Hop.Finding(
        peer.id(), admission(hop, peer), keyed, policy.connection(), policy.child(), connecting);
  }

  private Admission admission(Hop hop, Peer peer) {
    if (policies.stream().anyMatch(each -> each.lets(hop))) {
      return Admission.refused("a policy of mode PASS lets messages through in clear");
    }
    Optional<String> weakness =
        associations.stream()
            .flatMap(each -> children(each, hop).stream())
            .map(ChildSa::weakness)
            .filter(each -> !each.isEmpty())
            .findFirst();
    if (weakness.isPresent()) {
      return Admission.refused(weakness.get());
    }
    return associations.stream()
        .filter(each -> each.isEstablished() && each.remote().equals(Optional.of(hop.remote())))
        .max(Comparator.comparing(each -> !children(each, hop).isEmpty()))
        .map(each -> admission(each, children(each, hop).stream().findFirst(), peer))
        .orElse(Admission.refused("no IKE SA is established"));
  }

  private static List<ChildSa> children(IkeSa association, Hop hop) {
    return association.children().stream()
        .filter(ChildSa::isInstalled)
        .filter(each -> each.covers(hop))
        .toList();
  }

  /** Without an SA of the kernel nothing is known of what will encrypt: the peer is, no more. */
  private Admission admission(IkeSa association, Optional<ChildSa> child, Peer peer) {
    boolean keyed = child.isPresent();
    ChannelFacts facts =
        new ChannelFacts(
            "IKEv2/ESP",
            child.map(ChildSa::suite).orElse(""),
            child.map(ChildSa::group).filter(each -> !each.isEmpty()).orElse(association.group()),
            association.localId(),
            association.remoteId(),
            now.minusSeconds(association.establishedSeconds()));
    return new Admission(
        true,
        "",
        new Assurance(true, keyed, keyed, keyed, keyed, keyed && association.hybrid()),
        Optional.of(new AuthenticatedPeer(peer.id(), peer.roles(), "ipsec", facts)));
  }
}
