// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.effect;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.allocation.GovernorView;
import io.leasehold.codec.failover.FailoverFrame;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;

/** The effects of one relationship, and what follows each. For the thread of the relationship. */
public final class Outbox {
  private final Queue<Effect> effects = new ArrayDeque<>();
  private final Map<Long, Completion<?>> waiting = new HashMap<>();
  private long lastToken;

  /** See {@link Effect.Open}. */
  public void open() {
    effects.add(new Effect.Open());
  }

  /** See {@link Effect.Send}. */
  public void send(long connection, FailoverFrame frame) {
    effects.add(new Effect.Send(connection, frame));
  }

  /** See {@link Effect.Close}. */
  public void close(long connection, String why) {
    effects.add(new Effect.Close(connection, why));
  }

  /** See {@link Effect.Publish}. */
  public void publish(GovernorView view) {
    effects.add(new Effect.Publish(view));
  }

  /** Something that operators may want to know. */
  public void note(String what) {
    effects.add(new Effect.Report(false, what));
  }

  /** Something that operators should look at. */
  public void warn(String what) {
    effects.add(new Effect.Report(true, what));
  }

  /** See {@link Effect.Persist}. */
  public void persist(Bytes note, Completion<Void> next) {
    effects.add(new Effect.Persist(expect(next), note));
  }

  /** See {@link Effect.Edit}; the outcomes are in the order of the edits. */
  public void edit(List<GovernedLeases.Edit> edits, Completion<List<GovernedLeases.Outcome>> next) {
    effects.add(new Effect.Edit(expect(next), edits));
  }

  /** See {@link Effect.Amend}; the outcomes are in the order of the edits. */
  public void amend(
      List<GovernedLeases.Edit> edits, Completion<List<GovernedLeases.Outcome>> next) {
    effects.add(new Effect.Amend(expect(next), edits));
  }

  /** See {@link Effect.Scan}. */
  public void scan(Optional<LeaseKey> after, int limit, Completion<List<Lease>> next) {
    effects.add(new Effect.Scan(expect(next), after, limit));
  }

  private long expect(Completion<?> next) {
    waiting.put(++lastToken, next);
    return lastToken;
  }

  /** The next effect, or null. */
  public Effect poll() {
    return effects.poll();
  }

  /** How many effects wait for their answer. */
  public int unanswered() {
    return waiting.size();
  }

  /**
   * An effect with a token was carried out.
   *
   * @param result what its completion takes
   */
  @SuppressWarnings("unchecked")
  public void done(long token, Object result, Moment now) {
    Completion<?> next = waiting.remove(token);
    if (next != null) {
      ((Completion<Object>) next).done(result, now);
    }
  }

  /** An effect with a token failed. */
  public void failed(long token, String why, Moment now) {
    Completion<?> next = waiting.remove(token);
    if (next != null) {
      next.failed(why, now);
    }
  }
}
