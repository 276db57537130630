// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Asks pool elements whether they are alive (RFC 5352 section 3.5): now and then, and when somebody
 * says that they are not; each about one question at a time, with a pause between two. Of the
 * thread of the registrar.
 */
final class KeepAlives {
  private final Federation federation;
  private final Roll roll;
  private final Post post;
  private final Notebook notebook;
  private final AsapTimers timers;

  KeepAlives(Federation federation, Roll roll, Post post, Notebook notebook, AsapTimers timers) {
    this.federation = federation;
    this.roll = roll;
    this.post = post;
    this.notebook = notebook;
    this.timers = timers;
  }

  /** Asks as soon as may be; if an answer is awaited, that one counts. */
  void askSoon(OwnElement own, long now) {
    if (own.visitor == null || own.hasToAnswer()) {
      return;
    }
    own.ask = own.asked.isPresent() ? Math.max(now, own.asked.getAsLong() + timers.gap()) : now;
    if (own.ask <= now) {
      ask(own, now);
    } else {
      roll.plan(own);
    }
  }

  private void ask(OwnElement own, long now) {
    PoolHandle handle = own.key().handle();
    EndpointKeepAlive question =
        new EndpointKeepAlive(own.isToldHome, federation.serverId(), handle, identifier(own));
    own.ask = SessionEvents.NEVER;
    own.asked = OptionalLong.of(now);
    if (post.send(own.visitor, question)) {
      notebook.count(AsapCount.KEEP_ALIVES_SENT);
      own.unanswered = now + timers.answer();
      roll.plan(own);
    } else {
      fail(own, now, "cannot be sent to");
    }
  }

  /** The RFC names the pool only, which is enough for one pool element of it on a connection. */
  private static OptionalLong identifier(OwnElement own) {
    long ofPool =
        own.visitor.elements.stream()
            .filter(each -> each.key().handle().equals(own.key().handle()))
            .limit(2)
            .count();
    return ofPool > 1 ? OptionalLong.of(own.key().identifier()) : OptionalLong.empty();
  }

  void answered(Visitor visitor, EndpointKeepAliveAck answer, long now) {
    OwnElement own = roll.get(answer.key());
    if (own == null || own.visitor != visitor || !own.hasToAnswer()) {
      notebook.count(AsapCount.UNEXPECTED_MESSAGES);
      return;
    }
    notebook.count(AsapCount.KEEP_ALIVES_ANSWERED);
    own.answered = OptionalLong.of(now);
    own.unanswered = SessionEvents.NEVER;
    own.isToldHome = false;
    own.ask = Math.max(roll.next(now), own.asked.orElse(now) + timers.gap());
    roll.plan(own);
  }

  /** Does what is due with a pool element. */
  void due(OwnElement own, long now) {
    if (own.expires <= now) {
      notebook.count(AsapCount.EXPIRED);
      tellGone(own, now, "its registration has expired");
    } else if (own.lost <= now) {
      notebook.count(AsapCount.REMOVED_WITH_CONNECTION);
      notebook.note(own.key() + " is removed: its connection is gone");
      roll.strike(own, now);
    } else if (own.unanswered <= now) {
      fail(own, now, "does not answer");
    } else if (!own.hasToAnswer() && own.ask <= now) {
      ask(own, now);
    } else {
      roll.plan(own);
    }
  }

  private void fail(OwnElement own, long now, String why) {
    notebook.count(AsapCount.KEEP_ALIVES_FAILED);
    tellGone(own, now, "it " + why);
  }

  /**
   * RFC 5352 section 3.2: who has expired is told. One that did not answer is told as well: if it
   * was only slow it can come back at once.
   */
  private void tellGone(OwnElement own, long now, String why) {
    notebook.note(own.key() + " is removed: " + why);
    if (own.visitor != null) {
      post.send(
          own.visitor,
          new DeregistrationResponse(own.key().handle(), own.key().identifier(), Optional.empty()));
    }
    roll.strike(own, now);
  }
}
