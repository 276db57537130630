// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import io.leasehold.net.Ipv6;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A hop that is to be protected, for the generators.
 *
 * @param name unique, and a word of the files of strongSwan
 * @param local address of this host
 * @param localId of this host for IKE
 * @param remote address of the peer
 * @param remoteId of the peer for IKE
 * @param secret name of the credential that both share; empty if none is configured
 */
record HopPlan(
    String name, Ipv6 local, String localId, Ipv6 remote, String remoteId, String secret) {
  int port() {
    return local.isMapped() ? Verification.PORT4 : Verification.PORT6;
  }

  /**
   * The hops of a profile: each address of this host with each of a peer of the same family.
   *
   * @throws IllegalArgumentException if there is none; the message says what is missing
   */
  static List<HopPlan> of(ChannelProfile profile, IpsecSettings settings, List<Peer> peers) {
    if (settings.local().isEmpty()) {
      throw new IllegalArgumentException(
          "channel "
              + profile.name()
              + ": ipsec.local is missing; it lists the addresses of this host at the hops");
    }
    List<HopPlan> plans = new ArrayList<>();
    peers.stream()
        .filter(peer -> settings.peers().isEmpty() || settings.peers().contains(peer.id()))
        .sorted(Comparator.comparing(Peer::id))
        .forEach(peer -> add(plans, profile, settings, peer));
    if (plans.isEmpty()) {
      throw new IllegalArgumentException(
          "channel "
              + profile.name()
              + ": no peer has an address of the family of one in ipsec.local; give it one by"
              + " names = ip:ADDRESS in etc/io.leasehold.security.peer-NAME.cfg");
    }
    return plans;
  }

  private static void add(
      List<HopPlan> plans, ChannelProfile profile, IpsecSettings settings, Peer peer) {
    String secret =
        peer.preSharedKeys().stream()
            .findFirst()
            .or(() -> profile.credentials().stream().findFirst())
            .orElse("");
    List<Ipv6> remotes =
        peer.names().stream()
            .filter(name -> name.kind() == PeerName.Kind.ADDRESS)
            .map(name -> Ipv6.ofText(name.value()))
            .toList();
    int count = 0;
    for (Ipv6 local : settings.local()) {
      for (Ipv6 remote : remotes) {
        if (local.isMapped() == remote.isMapped()) {
          count++;
          plans.add(
              new HopPlan(
                  word(peer.id()) + "-" + count,
                  local,
                  settings.identity().isEmpty() ? local.toString() : settings.identity(),
                  remote,
                  identity(peer, remote),
                  secret));
        }
      }
    }
  }

  /** A DNS name is what strongSwan takes for an identity of its own kind; else the address. */
  private static String identity(Peer peer, Ipv6 remote) {
    return peer.names().stream()
        .filter(name -> name.kind() == PeerName.Kind.DNS)
        .map(PeerName::value)
        .filter(name -> name.matches("[A-Za-z0-9.-]+"))
        .findFirst()
        .orElse(remote.toString());
  }

  /** Nothing that an operator wrote ends a section or begins another one. */
  private static String word(String id) {
    return id.replaceAll("[^A-Za-z0-9_-]", "_");
  }
}
