// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.security.PeerName;
import io.leasehold.security.PeerRole;
import io.leasehold.transport.Destination;
import io.leasehold.transport.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Peers and hops of tests. */
public final class Peers {
  private Peers() {}

  /** A relay agent that is known by its address. */
  public static Peer listed(String id, String address, String... scope) {
    return peer(id, List.of(new PeerName(PeerName.Kind.ADDRESS, address)), List.of(), scope);
  }

  /** A relay agent that has a pre-shared key. */
  public static Peer keyed(String id, String... scope) {
    return peer(id, List.of(), List.of(id + "-key"), scope);
  }

  private static Peer peer(String id, List<PeerName> names, List<String> keys, String... scope) {
    return new Peer(
        id,
        Set.of(PeerRole.RELAY),
        names,
        false,
        List.of(),
        keys,
        Stream.of(scope).map(Prefix::ofText).toList());
  }

  /** Somebody who proved to be a peer. */
  public static AuthenticatedPeer authenticated(Peer peer) {
    return new AuthenticatedPeer(
        peer.id(),
        peer.roles(),
        "tls-psk",
        new ChannelFacts("TLSv1.3", "", "", "", "", Instant.EPOCH));
  }

  /** Says what the directory says. */
  public static PeerAuthorizer authorizer(Peer... peers) {
    return new PeerAuthorizer() {
      @Override
      public boolean permits(AuthenticatedPeer peer, PeerRole role) {
        return peer.roles().contains(role);
      }

      @Override
      public boolean permitsLink(AuthenticatedPeer peer, Ipv6 linkAddress) {
        return Stream.of(peers)
            .filter(each -> each.id().equals(peer.peerId()))
            .anyMatch(
                each ->
                    each.scope().isEmpty()
                        || each.scope().stream().anyMatch(scope -> scope.contains(linkAddress)));
      }
    };
  }

  /**
   * A connection of a hop.
   *
   * @param peer who is at the other end
   * @param answers what was said back on it
   */
  public record HopWay(
      Ipv6 remote, Optional<AuthenticatedPeer> peer, Assurance assurance, List<Bytes> answers)
      implements Path {
    /** One that is private. */
    public static HopWay of(Peer peer) {
      return new HopWay(
          Ipv6.ofText("2001:db8:ffff::1"),
          Optional.of(authenticated(peer)),
          Assurance.PRIVATE,
          new ArrayList<>());
    }

    /** One that nobody vouches for. */
    public static HopWay inClear() {
      return new HopWay(
          Ipv6.ofText("2001:db8:ffff::1"), Optional.empty(), Assurance.NONE, new ArrayList<>());
    }

    @Override
    public String interfaceName() {
      return "";
    }

    @Override
    public Ipv6 local() {
      return Ipv6.ofText("2001:db8::547");
    }

    @Override
    public int remotePort() {
      return 40_000;
    }

    @Override
    public List<Ipv6> interfaceAddresses() {
      return List.of();
    }

    @Override
    public boolean send(Bytes message, Destination to) {
      throw new AssertionError("a hop knows no destinations: " + to);
    }

    @Override
    public boolean reply(Bytes message) {
      return answers.add(message);
    }
  }
}
