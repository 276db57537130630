// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.enrp;

import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.ServerInformation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Another registrar (RFC 5353 section 3.4). Of the thread of the registrar. */
final class Peer {
  /** How it is (RFC 5353 sections 3.4.3 and 3.5.1). */
  enum Status {
    /** It is heard, or may yet be. */
    ACTIVE,
    /** It was silent for too long, and has been asked. */
    ASKED,
    /** This registrar wants to take it over. */
    TARGET,
    /** Somebody else does: "not active", and not watched for a while. */
    LEFT_TO_OTHERS
  }

  final long id;

  /** What it owns there and here. */
  final Account account = new Account();

  /** Its connections, of which the first is used. */
  final List<Link> links = new ArrayList<>(1);

  /** In {@link Status#TARGET}: who has not agreed yet. */
  final Set<Long> waitingFor = new HashSet<>();

  /** Where it is reached, as it says itself. */
  Optional<ServerInformation> information = Optional.empty();

  /** Who it is by the peer directory, to whom its identifier belongs. */
  Optional<String> identity = Optional.empty();

  /** Whether it was heard, or others only told of it. */
  boolean isHeard;

  /** "peer_last_heard"; of one that was never heard, when it became known. */
  long lastHeard;

  Status status = Status.ACTIVE;

  /** When its status is judged again, unless it is active. */
  long deadline = SessionEvents.NEVER;

  /** In {@link Status#TARGET}: how often the others were asked. */
  int rounds;

  /** When the alarm about it ends. */
  long suspectUntil = SessionEvents.NEVER;

  Peer(long id, long now) {
    this.id = id;
    this.lastHeard = now;
  }

  /** The connection that is used; null if there is none. */
  Link link() {
    return links.isEmpty() ? null : links.get(0);
  }

  /** {@code 0x11111111 (server-two)}, for people. */
  String who() {
    return Unsigned.hex(id) + identity.map(name -> " (" + name + ")").orElse("");
  }
}
