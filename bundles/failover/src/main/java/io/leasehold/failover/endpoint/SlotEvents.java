// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.endpoint;

import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.StateReport;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.connection.Session;
import io.leasehold.failover.connection.SlotListener;
import io.leasehold.failover.effect.Completion;
import io.leasehold.failover.effect.Moment;
import java.util.Optional;

/**
 * What happens on the connection, as far as the endpoint has to know. Only notes it: what follows
 * is looked at when the event is over.
 */
final class SlotEvents implements SlotListener {
  private final Relationship its;

  SlotEvents(Relationship relationship) {
    this.its = relationship;
  }

  @Override
  public void onMclt(long seconds, Completion<Void> adopted) {
    long former = its.notes.durable().mcltSeconds();
    if (seconds < former) {
      its.views.publish(
          its.views.facts(its.state(), its.notes.durable().lead(seconds), its.isInContact()));
    }
    its.notes.change(
        record -> record.lead(seconds),
        new Completion<>() {
          @Override
          public void done(Void result, Moment now) {
            if (seconds != former) {
              its.alarms.note("The MCLT is " + seconds + " s, as the primary wants it.", now);
            }
            its.views.publish(its.facts());
            adopted.done(null, now);
          }

          @Override
          public void failed(String why, Moment now) {
            adopted.failed(why, now);
          }
        });
  }

  @Override
  public void onUp(Session session, Moment now) {
    its.alarms.note("The connection with the partner is set up.", now);
    its.announcer.onUp(session, isRemembered());
    if (its.doubt.agreed(now)) {
      its.duties.partnerChanged();
    }
    its.dhcp4.onUp(session);
    its.bindings.onUp(session, now);
    its.duties.onUp(session);
  }

  /**
   * Whether a partner that remembers nothing has lost its disk, and must wait: it has served before
   * NORMAL, or may have, since this server got as far as that with it.
   */
  private boolean isRemembered() {
    EndpointRecord.Past past = its.notes.durable().past();
    boolean hasMet = its.partner.state().isPresent();
    return past.hasCommunicated() || its.partner.hasServed() || past.hasServed() && hasMet;
  }

  @Override
  public void onDown(String why, Moment now) {
    its.alarms.note("The connection with the partner has ended: " + why, now);
    its.partner.onDown();
    its.announcer.onDown();
    its.reasons.inquiry().forget();
    its.dhcp4.onDown();
    its.duties.onDown(now);
    its.bindings.onDown(now);
    its.pool.onState(now);
  }

  @Override
  public void onState(StateReport report, Moment now) {
    its.partner.onState(report, now);
    its.duties.partnerChanged();
  }

  @Override
  public void onUpdate(FailoverMessage bndupd, Moment now) {
    its.bindings.onUpdate(bndupd, now);
  }

  @Override
  public void onReply(FailoverMessage bndreply, Moment now) {
    its.bindings.onReply(bndreply, now);
  }

  @Override
  public void onUpdateRequest(int id, boolean all, Moment now) {
    its.duties.onUpdateRequest(id, all);
  }

  @Override
  public void onUpdateDone(int id, Moment now) {
    its.bindings.onUpdateDone(id, now);
  }

  @Override
  public void onPoolRequest(int id, Moment now) {
    its.duties.onPoolRequest(id, now);
  }

  @Override
  public void onPoolResponse(int id, Moment now) {
    its.duties.onPoolResponse(id, now);
  }

  @Override
  public void onDisconnect(Optional<StatusCode> status, Moment now) {
    its.alarms.note(
        "The partner has disconnected"
            + status.map(said -> ": " + said + " " + said.text()).orElse("")
            + ".",
        now);
  }
}
