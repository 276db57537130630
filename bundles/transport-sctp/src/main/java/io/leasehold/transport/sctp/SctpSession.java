// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.hop.HopSession;
import io.leasehold.hop.LinkStatus;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import java.util.List;
import java.util.Optional;

/** An association as its user has it; nothing vouches for it. */
record SctpSession(Association association) implements HopSession {
  @Override
  public String id() {
    return association.id();
  }

  @Override
  public boolean isOutgoing() {
    return association.hop().outgoing();
  }

  @Override
  public Ipv6 remote() {
    return association.remote();
  }

  @Override
  public List<Ipv6> remotes() {
    Ends ends = association.ends();
    return ends == null ? List.of(remote()) : ends.remoteAddresses();
  }

  @Override
  public Optional<AuthenticatedPeer> peer() {
    return Optional.empty();
  }

  @Override
  public Assurance assurance() {
    return Assurance.NONE;
  }

  @Override
  public boolean send(Bytes message) {
    boolean isTaken = association.add(message);
    if (isTaken) {
      association.wake();
    }
    return isTaken;
  }

  @Override
  public boolean sendAll(List<Bytes> messages) {
    boolean all = true;
    for (Bytes message : messages) {
      all &= association.add(message);
    }
    if (!messages.isEmpty()) {
      association.wake();
    }
    return all;
  }

  @Override
  public void read(boolean wanted) {
    association.read(wanted);
  }

  @Override
  public void close() {
    association.finish();
  }

  /** As operators see it. */
  LinkStatus status() {
    Ends ends = association.ends();
    Hop hop = association.hop();
    LinkStatus.State state = association.state();
    return new LinkStatus(
        id(),
        SctpSessionTransport.NAME,
        hop.application(),
        hop.outgoing(),
        ends == null ? "" : ends.localText(),
        ends == null ? remote() + " port " + hop.port() : ends.remoteText(),
        hop.channel(),
        state,
        state == LinkStatus.State.DRAINING ? Timing.CHANGED : "",
        peer(),
        assurance(),
        association.since(),
        association.sent(),
        association.received(),
        0);
  }

  @Override
  public String toString() {
    return association.toString();
  }
}
