// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.allocation.GovernorView;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.failover.effect.Outbox;
import io.leasehold.failover.pool.RelationshipFacts;
import io.leasehold.failover.pool.RelationshipView;

/** By what clients are answered. Owner: the endpoint's thread. */
final class Views {
  private final FailoverSettings settings;
  private final Outbox outbox;
  private boolean isSilent;
  private boolean isDhcp6Only;
  private RelationshipFacts published;
  private GovernorView view;

  /** Begins in STARTUP: nobody is answered. */
  Views(FailoverSettings settings, EndpointRecord record, Outbox outbox) {
    this.settings = settings;
    this.outbox = outbox;
    show(facts(ServerState.STARTUP, record, false));
  }

  /** How the relationship stands with a record, unless this server is awaited. */
  RelationshipFacts facts(ServerState state, EndpointRecord record, boolean isConnected) {
    return facts(state, record, isConnected, false);
  }

  /**
   * The same.
   *
   * @param isAwaited whether the partner waits to serve with this server, which serves alone
   */
  RelationshipFacts facts(
      ServerState state, EndpointRecord record, boolean isConnected, boolean isAwaited) {
    long since = record.own().since();
    return new RelationshipFacts(
        settings.role(),
        state,
        since,
        record.mcltSeconds(),
        record.largestMcltSeconds(),
        state == ServerState.PARTNER_DOWN ? since : 0,
        isConnected,
        isAwaited,
        settings.dhcp4() && !isDhcp6Only && record.dhcp4() == EndpointRecord.Dhcp4.SHARED);
  }

  /** Whether a partner is there that tells nothing of DHCPv4. */
  void dhcp6Only(boolean isSo) {
    isDhcp6Only = isSo;
  }

  /** Answers by this from now on, unless nobody is answered at all. */
  void publish(RelationshipFacts facts) {
    RelationshipFacts shown = isSilent ? silenced(facts) : facts;
    if (!shown.equals(published)) {
      show(shown);
    }
  }

  /** Whether nobody is answered whatever the state allows. */
  void silent(boolean wanted) {
    isSilent = wanted;
  }

  private static RelationshipFacts silenced(RelationshipFacts facts) {
    return new RelationshipFacts(
        facts.role(),
        ServerState.STARTUP,
        facts.stateSince(),
        facts.mcltSeconds(),
        facts.largestMcltSeconds(),
        0,
        facts.isConnected(),
        false,
        facts.servesDhcp4());
  }

  private void show(RelationshipFacts facts) {
    published = facts;
    view = RelationshipView.of(facts);
    outbox.publish(view);
  }

  /** The view in force. */
  GovernorView view() {
    return view;
  }
}
