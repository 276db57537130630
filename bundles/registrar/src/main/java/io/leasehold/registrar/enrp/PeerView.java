// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.pool.RegistrarControl;
import io.leasehold.rserpool.space.Handlespace;
import io.leasehold.security.Assurance;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** A peer as operators see it. */
final class PeerView {
  private PeerView() {}

  static RegistrarControl.Peer of(Peer peer, Scope scope, long now) {
    Handlespace space = scope.space();
    OptionalInt told = peer.account.told;
    Optional<Instant> heard =
        peer.isHeard
            ? Optional.of(scope.notebook().in(Duration.ofNanos(peer.lastHeard - now)))
            : Optional.empty();
    return new RegistrarControl.Peer(
        peer.id,
        peer.identity,
        address(peer),
        state(peer),
        space.elementsOf(peer.id),
        space.checksum(peer.id),
        told.isPresent() ? Optional.of(told.getAsInt()) : Optional.empty(),
        heard,
        peer.link() == null ? Assurance.NONE : peer.link().caller.assurance());
  }

  private static String address(Peer peer) {
    return peer.link() == null
        ? peer.information.map(each -> each.transports().get(0).toString()).orElse("")
        : peer.link().caller.remote().toString();
  }

  private static RegistrarControl.PeerState state(Peer peer) {
    return switch (peer.status) {
      case ACTIVE ->
          peer.account.reading == null
              ? RegistrarControl.PeerState.ACTIVE
              : RegistrarControl.PeerState.RESYNCHRONIZING;
      case ASKED -> RegistrarControl.PeerState.SILENT;
      case TARGET, LEFT_TO_OTHERS -> RegistrarControl.PeerState.TAKEOVER;
    };
  }
}
