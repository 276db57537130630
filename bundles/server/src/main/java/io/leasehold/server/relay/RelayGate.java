// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.Channel;
import io.leasehold.security.Peer;
import io.leasehold.security.PeerAuthorizer;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.metric.PacketCounter;
import io.leasehold.server.protocol.RelayRefusal;
import io.leasehold.server.protocol.RelayRight;
import io.leasehold.transport.Path;
import java.util.List;
import java.util.Optional;

/**
 * Stands at all ways into the server: says who may speak for clients, and takes out what must not
 * come in. Rules are changed by the control thread; everything else is for any thread.
 */
public final class RelayGate {
  /**
   * What operators decide.
   *
   * @param policy for plain relay agents
   * @param accessInClear whether access-network identifiers are taken in that others could read
   * @param trustLayer2 whether option 82 counts in messages without giaddr (RFC 3046 section 2.1)
   */
  public record Settings(RelayPolicy policy, boolean accessInClear, boolean trustLayer2) {
    /** Without any configuration. */
    public static final Settings USUAL = new Settings(RelayPolicy.OPEN, false, true);
  }

  private final Settings settings;
  private final RelaysSeen seen;
  private final Counters counters;
  private volatile RelayRules rules;

  /** A gate for which no peer is known yet. */
  public RelayGate(Settings settings, RelaysSeen seen, Counters counters) {
    this.settings = settings;
    this.seen = seen;
    this.counters = counters;
    this.rules = new RelayRules(settings.policy(), List.of(), null, null);
  }

  /** Goes by these from now on; cheap if they are the same as before. */
  public void follow(List<Peer> peers, Channel channelOrNull, PeerAuthorizer authorizerOrNull) {
    if (!rules.isOf(settings.policy(), peers, channelOrNull, authorizerOrNull)) {
      rules = new RelayRules(settings.policy(), peers, channelOrNull, authorizerOrNull);
    }
  }

  /** Peers that it goes by. */
  public List<Peer> peers() {
    return rules.peers();
  }

  /** What operators decided. */
  public Settings settings() {
    return settings;
  }

  /** Relay agents that have spoken. */
  public RelaysSeen seen() {
    return seen;
  }

  /** For plain datagrams that come to a port. */
  public Entrance datagrams(int localPort) {
    RelayRight right =
        (arrival, link, placeOrNull) -> {
          RelayRefusal refusal = rules.ofDatagram(arrival, localPort, link, placeOrNull);
          seen.spoke(arrival.remote(), "udp", link, refusal);
          return refusal;
        };
    return new Entrance() {
      @Override
      public Bytes admit(Family family, Bytes datagram, Path path) {
        return clean(family, datagram, Assurance.NONE, counters);
      }

      @Override
      public RelayRight right(Path path) {
        return right;
      }
    };
  }

  /** For the connections of a hop. */
  public Entrance hop(String scheme) {
    RelayRight inClear =
        (arrival, link, placeOrNull) -> {
          RelayRefusal refusal = rules.inClear(arrival, link, placeOrNull);
          seen.spoke(arrival.remote(), scheme, link, refusal);
          return refusal;
        };
    return new Entrance() {
      @Override
      public Bytes admit(Family family, Bytes datagram, Path path) {
        // Section 5 of the profile of relay agents over (D)TLS: only what is relayed.
        boolean relayed =
            family == Family.IPV6
                ? AccessIdentifiers.isRelay(datagram)
                : AccessIdentifiers.hasRelayAddress(datagram);
        if (!relayed) {
          counters.count(PacketCounter.RECEIVED.of(family));
          counters.count(PacketCounter.RECEIVE_DROP.of(family));
          counters.count(PacketCounter.HOP_MESSAGE.of(family));
          return null;
        }
        return clean(family, datagram, path.assurance(), counters);
      }

      @Override
      public RelayRight right(Path path) {
        Optional<AuthenticatedPeer> peer = path.peer();
        return peer.isEmpty() ? inClear : ofPeer(scheme, peer.get(), path.assurance());
      }

      @Override
      public Path answers(Path path) {
        return new HopPath(path);
      }
    };
  }

  /**
   * For a message on trial: the same rules, and nothing is counted or remembered of it.
   *
   * @param localPort where it comes in as a plain datagram
   * @param peerId of the peer that proves who it is on a hop; empty: it is a plain datagram
   * @throws IllegalArgumentException if the peer directory has no such peer
   */
  public Entrance trial(int localPort, String peerId) {
    RelayRules now = rules;
    AuthenticatedPeer peer = peerId.isEmpty() ? null : now.proved(peerId);
    Assurance assurance = peer == null ? Assurance.NONE : Assurance.PRIVATE;
    Counters nobody = new Counters();
    return new Entrance() {
      @Override
      public Bytes admit(Family family, Bytes datagram, Path path) {
        return clean(family, datagram, assurance, nobody);
      }

      @Override
      public RelayRight right(Path path) {
        return peer == null
            ? (arrival, link, place) -> now.ofDatagram(arrival, localPort, link, place)
            : (arrival, link, place) -> now.ofPeer(peer, link, place);
      }
    };
  }

  private RelayRight ofPeer(String scheme, AuthenticatedPeer peer, Assurance assurance) {
    return (arrival, link, placeOrNull) -> {
      RelayRefusal refusal = rules.ofPeer(peer, link, placeOrNull);
      seen.spoke(new HopSource(scheme, peer.peerId(), assurance), arrival.remote(), link, refusal);
      return refusal;
    };
  }

  /** RFC 7839 section 7: access-network identifiers are nobody else's business. */
  private Bytes clean(Family family, Bytes datagram, Assurance assurance, Counters told) {
    Bytes trusted = datagram;
    if (family == Family.IPV4
        && !settings.trustLayer2()
        && !AccessIdentifiers.hasRelayAddress(datagram)) {
      trusted = AccessIdentifiers.withoutRelayInformation(datagram);
      if (trusted != datagram) {
        told.count(PacketCounter.LAYER2_IGNORED.of(family));
      }
    }
    if (settings.accessInClear() || assurance.confidential() && assurance.peerAuthenticated()) {
      return trusted;
    }
    Bytes clean = AccessIdentifiers.without(family, trusted);
    if (clean != trusted) {
      told.count(PacketCounter.ACCESS_REMOVED.of(family));
    }
    return clean;
  }
}
