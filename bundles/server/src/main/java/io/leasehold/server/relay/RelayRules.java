// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.security.Admission;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.HopEnd;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.server.plan.Subnet;
import io.leasehold.server.protocol.Arrival;
import io.leasehold.server.protocol.Place;
import io.leasehold.server.protocol.PrefixIndex;
import io.leasehold.server.protocol.RelayRefusal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Which relay agents may speak for which links, at one time. Immutable, for any thread. */
final class RelayRules {
  private final RelayPolicy policy;
  private final List<Peer> peers;
  private final Channel channelOrNull;
  private final PeerAuthorizer authorizerOrNull;
  private final Map<Ipv6, Peer> byAddress = new HashMap<>();
  private final PrefixIndex<Peer> onlyProtected = new PrefixIndex<>();
  private final boolean open;

  /**
   * Rules for these peers.
   *
   * @param peers the whole peer directory
   * @param channelOrNull by which plain datagrams of relay agents are admitted; null if no channel
   *     was asked for
   * @param authorizerOrNull says what peers may that proved who they are; null: then they may not
   *     do anything
   */
  RelayRules(
      RelayPolicy policy,
      List<Peer> peers,
      Channel channelOrNull,
      PeerAuthorizer authorizerOrNull) {
    this.policy = policy;
    this.peers = List.copyOf(peers);
    this.channelOrNull = channelOrNull;
    this.authorizerOrNull = authorizerOrNull;
    for (Peer peer : this.peers) {
      if (peer.roles().contains(PeerRole.RELAY)) {
        add(peer);
      }
    }
    this.open =
        policy == RelayPolicy.OPEN
            && channelOrNull == null
            && this.peers.stream().noneMatch(peer -> peer.roles().contains(PeerRole.RELAY));
  }

  private void add(Peer peer) {
    for (PeerName name : peer.names()) {
      if (name.kind() == PeerName.Kind.ADDRESS) {
        byAddress.put(Ipv6.ofText(name.value()), peer);
      }
    }
    if (hasCredentials(peer)) {
      peer.scope().forEach(prefix -> onlyProtected.add(prefix, peer));
    }
  }

  /** A peer that is known by its address alone has nothing to prove it with. */
  private static boolean hasCredentials(Peer peer) {
    return !peer.preSharedKeys().isEmpty()
        || !peer.pins().isEmpty()
        || peer.names().stream().anyMatch(name -> name.kind() != PeerName.Kind.ADDRESS);
  }

  RelayPolicy policy() {
    return policy;
  }

  List<Peer> peers() {
    return peers;
  }

  /**
   * A peer as if it had just proved who it is.
   *
   * @throws IllegalArgumentException if the directory does not have it
   */
  AuthenticatedPeer proved(String peerId) {
    for (Peer peer : peers) {
      if (peer.id().equals(peerId)) {
        ChannelFacts nothing = new ChannelFacts("", "", "", "", "", Instant.EPOCH);
        return new AuthenticatedPeer(peerId, peer.roles(), "trial", nothing);
      }
    }
    throw new IllegalArgumentException(
        "the peer directory has no '" + peerId + "'; dhcp:peer-list shows whom it has");
  }

  /** Whether these rules are made of the same. */
  boolean isOf(RelayPolicy other, List<Peer> directory, Channel channel, PeerAuthorizer judge) {
    return policy == other
        && Objects.equals(channelOrNull, channel)
        && authorizerOrNull == judge
        && peers.equals(directory);
  }

  /** Why a message that came as a plain datagram is refused; null if it is taken. */
  RelayRefusal ofDatagram(Arrival arrival, int localPort, Ipv6 link, Place placeOrNull) {
    if (open) {
      return null;
    }
    if (channelOrNull != null) {
      Admission admission =
          channelOrNull.admit(
              new HopEnd(arrival.local(), localPort),
              new HopEnd(arrival.remote(), arrival.remotePort()));
      if (!admission.admitted()) {
        return RelayRefusal.NOT_ADMITTED;
      }
      if (admission.peer().isPresent()) {
        return ofPeer(admission.peer().get(), link, placeOrNull);
      }
      if (admission.assurance().peerAuthenticated()) {
        return ofAddress(arrival.remote(), spoken(link, placeOrNull));
      }
    }
    return inClear(arrival, link, placeOrNull);
  }

  /** Why a message that nobody vouches for is refused; null if it is taken. */
  RelayRefusal inClear(Arrival arrival, Ipv6 link, Place placeOrNull) {
    if (policy == RelayPolicy.PROTECTED) {
      return RelayRefusal.UNPROTECTED;
    }
    if (policy == RelayPolicy.LISTED && !byAddress.containsKey(arrival.remote())) {
      return RelayRefusal.UNLISTED;
    }
    Ipv6 spoken = spoken(link, placeOrNull);
    if (onlyProtected.find(spoken) != null || isElsewhereProtected(link, placeOrNull)) {
      return RelayRefusal.UNPROTECTED;
    }
    return ofAddress(arrival.remote(), spoken);
  }

  private boolean isElsewhereProtected(Ipv6 link, Place placeOrNull) {
    return !hasLink(placeOrNull, link)
        && onlyProtected.find(placeOrNull.subnet().prefix().address()) != null;
  }

  private RelayRefusal ofAddress(Ipv6 remote, Ipv6 spoken) {
    Peer peer = byAddress.get(remote);
    return peer == null || peer.scope().isEmpty() || isIn(peer.scope(), spoken)
        ? null
        : RelayRefusal.LINK;
  }

  private static boolean isIn(List<Prefix> scope, Ipv6 link) {
    return scope.stream().anyMatch(prefix -> prefix.contains(link));
  }

  /** Why a message of a peer that proved who it is is refused; null if it is taken. */
  RelayRefusal ofPeer(AuthenticatedPeer peer, Ipv6 link, Place placeOrNull) {
    if (authorizerOrNull == null || !authorizerOrNull.permits(peer, PeerRole.RELAY)) {
      return RelayRefusal.ROLE;
    }
    boolean permitted =
        authorizerOrNull.permitsLink(peer, spoken(link, placeOrNull))
            && (hasLink(placeOrNull, link)
                || authorizerOrNull.permitsLink(peer, placeOrNull.subnet().prefix().address()));
    return permitted ? null : RelayRefusal.LINK;
  }

  /** The address that stands for the link; without one, that of the subnet it was taken for. */
  private static Ipv6 spoken(Ipv6 link, Place placeOrNull) {
    return link.isUnspecified() && placeOrNull != null
        ? placeOrNull.subnet().prefix().address()
        : link;
  }

  /**
   * Whether the address is of the link that was found, or none was found. Else something else found
   * it, an Interface-Id for example, and that must not lead out of a scope.
   */
  private static boolean hasLink(Place placeOrNull, Ipv6 link) {
    if (placeOrNull == null) {
      return true;
    }
    for (Subnet subnet : placeOrNull.link().subnets()) {
      if (subnet.prefix().contains(link)) {
        return true;
      }
    }
    return false;
  }
}
