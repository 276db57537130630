// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.registrar.core.Federation;
import io.leasehold.registrar.core.Notebook;
import io.leasehold.registrar.core.PoolChanges;
import io.leasehold.registrar.core.Premises;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.Deregistration;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.asap.EndpointUnreachable;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * The registrar as pool elements and pool users know it (RFC 5352 section 4). Of the thread of the
 * registrar.
 */
public final class AsapSide implements SessionEvents, PoolChanges {
  private final AsapSettings settings;
  private final Notebook notebook;
  private final Sessions sessions;
  private final Federation federation;
  private final Gate gate;
  private final Refusals refusals;
  private final Post post;
  private final Listing listing;
  private final Subscriptions subscriptions;
  private final Roll roll;
  private final Registrations registrations;
  private final KeepAlives keepAlives;
  private final Reports reports;
  private final Inheritance inheritance;
  private final Disputes disputes;
  private final Map<Long, Visitor> visitors = new HashMap<>();

  /**
   * A side without visitors.
   *
   * @param joining makes the federation, which hears of changes here and tells of its own
   */
  public AsapSide(
      AsapSettings settings,
      Premises premises,
      Sessions sessions,
      Function<PoolChanges, Federation> joining) {
    this.settings = settings;
    this.notebook = premises.notebook();
    this.sessions = sessions;
    federation = joining.apply(this);
    gate = new Gate(premises, settings);
    refusals = new Refusals(notebook);
    post = new Post(sessions, notebook);
    listing = new Listing(premises, settings);
    subscriptions = new Subscriptions(listing, post, notebook, settings);
    roll = new Roll(premises, federation, subscriptions, settings.timers());
    registrations = new Registrations(premises, federation, gate, refusals, roll, post, settings);
    keepAlives = new KeepAlives(federation, roll, post, notebook, settings.timers());
    reports = new Reports(gate, refusals, roll, keepAlives, notebook, settings);
    inheritance = new Inheritance(premises, settings, sessions, gate, roll, keepAlives);
    disputes = new Disputes(post, notebook, settings.timers().returning());
    notebook.declare(AsapCount.values());
  }

  /** The federation that was made. */
  public Federation federation() {
    return federation;
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    notebook.count(AsapCount.ASAP_CONNECTIONS);
    if (!federation.isReady()) {
      inheritance.ended(session, now);
      sessions.close(session, "the registrar does not have the handlespace yet");
      return;
    }
    Visitor visitor = new Visitor(session, caller, settings.rates());
    visitors.put(session, visitor);
    inheritance.opened(visitor, now);
  }

  @Override
  public void message(long session, Bytes message, long now) {
    Visitor visitor = visitors.get(session);
    if (visitor == null) {
      return;
    }
    try {
      Decoded<AsapMessage> decoded = AsapMessage.decode(message);
      if (decoded instanceof Decoded.Accepted<AsapMessage> accepted) {
        take(visitor, accepted.message(), now);
        post.sendErrors(visitor, accepted.reports(), now);
      } else {
        discard(visitor, (Decoded.Discarded<AsapMessage>) decoded, now);
      }
    } catch (MalformedPacketException e) {
      notebook.count(AsapCount.MALFORMED);
    }
    if (visitor.refusals >= settings.refusals()) {
      notebook.count(AsapCount.CLOSED_AFTER_REFUSALS);
      sessions.close(session, "refused " + visitor.refusals + " times");
      leave(visitor, now);
    }
  }

  private void take(Visitor visitor, AsapMessage message, long now) {
    if (message instanceof Registration registration) {
      registrations.register(visitor, registration, now);
    } else if (message instanceof Deregistration deregistration) {
      registrations.deregister(visitor, deregistration, now);
    } else if (message instanceof HandleResolution resolution) {
      resolve(visitor, resolution, now);
    } else if (message instanceof EndpointKeepAliveAck answer) {
      keepAlives.answered(visitor, answer, now);
    } else if (message instanceof EndpointUnreachable report) {
      reports.report(visitor, report, now);
    } else {
      // An error among them: it is answered by none (RFC 5352 section 2.2.14).
      notebook.count(
          message instanceof AsapError ? AsapCount.ERRORS_RECEIVED : AsapCount.UNEXPECTED_MESSAGES);
    }
  }

  private void resolve(Visitor visitor, HandleResolution question, long now) {
    PoolHandle handle = question.handle();
    Optional<AsapCount> unlawful = gate.refusalOfUser(visitor.caller());
    if (unlawful.isPresent()) {
      ErrorCause cause = refusals.refuse(visitor, unlawful.get(), now);
      reject(visitor, handle, cause);
    } else if (!visitor.resolutions().take(now)) {
      notebook.count(AsapCount.OVER_BUDGET);
      reject(visitor, handle, ErrorCause.of(ErrorCause.LACK_OF_RESOURCES));
    } else {
      refusals.permit(visitor);
      HandleResolutionResponse answer = listing.answer(handle, question.items(), false);
      notebook.count(answer.isNegative() ? AsapCount.RESOLUTIONS_REJECTED : AsapCount.RESOLUTIONS);
      post.send(visitor, withUpdates(visitor, question, answer, now));
    }
  }

  /**
   * A pool that is not there yet is told of as well when it is, and the answer says so. RFC 5352
   * section 2.2.5 has users ask again; one that does not look at the bit will.
   */
  private HandleResolutionResponse withUpdates(
      Visitor visitor, HandleResolution question, HandleResolutionResponse answer, long now) {
    boolean updates =
        question.updates()
            && subscriptions.subscribe(visitor, question.handle(), question.items(), now);
    if (!updates) {
      subscriptions.unsubscribe(visitor, question.handle());
    }
    return new HandleResolutionResponse(
        updates, answer.handle(), answer.policy(), answer.elements(), answer.error());
  }

  private void reject(Visitor visitor, PoolHandle handle, ErrorCause cause) {
    notebook.count(AsapCount.RESOLUTIONS_REJECTED);
    OperationError error = new OperationError(List.of(cause));
    post.send(visitor, HandleResolutionResponse.negative(handle, error));
  }

  /** Nothing of the message has an effect; a registration is answered all the same. */
  private void discard(Visitor visitor, Decoded.Discarded<AsapMessage> message, long now) {
    notebook.count(
        switch (message.reason()) {
          case UNKNOWN_MESSAGE -> AsapCount.UNKNOWN_MESSAGE;
          case UNKNOWN_PARAMETER -> AsapCount.UNKNOWN_PARAMETER;
          case INVALID_VALUES -> AsapCount.INVALID_VALUES;
        });
    boolean isRegistration =
        message.type() == AsapMessage.REGISTRATION
            && message.reason() == Decoded.Reason.INVALID_VALUES;
    if (isRegistration && message.subject().isPresent() && !message.reports().isEmpty()) {
      registrations.reject(visitor, message.subject().get(), message.reports(), now);
    } else {
      post.sendErrors(visitor, message.reports(), now);
    }
  }

  @Override
  public void ended(long session, String why, long now) {
    inheritance.ended(session, now);
    Visitor visitor = visitors.get(session);
    if (visitor != null) {
      leave(visitor, now);
    }
  }

  private void leave(Visitor visitor, long now) {
    visitors.remove(visitor.session());
    subscriptions.forget(visitor);
    roll.lose(visitor, now);
  }

  @Override
  public void changed(PoolHandle pool, long now) {
    subscriptions.changed(pool, now);
  }

  @Override
  public void tookOver(List<ElementKey> taken, long now) {
    inheritance.take(taken, now);
  }

  @Override
  public void lost(ElementKey key, long now) {
    OwnElement own = roll.get(key);
    if (own != null) {
      Visitor visitor = own.visitor;
      roll.drop(own);
      if (visitor != null) {
        disputes.begin(key, visitor, now);
      }
    }
  }

  @Override
  public boolean isConnected(ElementKey key) {
    OwnElement own = roll.get(key);
    return own != null && own.visitor != null;
  }

  @Override
  public void readiness(boolean isReady, long now) {
    if (!isReady) {
      for (Visitor each : List.copyOf(visitors.values())) {
        sessions.close(each.session(), "the registrar no longer has the handlespace");
        leave(each, now);
      }
    }
  }

  @Override
  public void onTimer(long now) {
    refusals.forget(now);
    inheritance.proceed(now);
    disputes.proceed(roll, now);
    OwnElement due = roll.due(now);
    while (due != null) {
      keepAlives.due(due, now);
      due = roll.due(now);
    }
    while (subscriptions.deadline() <= now) {
      subscriptions.tell(now);
    }
  }

  @Override
  public long deadline() {
    return LongStream.of(
            roll.deadline(),
            subscriptions.deadline(),
            inheritance.deadline(),
            disputes.deadline(),
            refusals.deadline())
        .min()
        .getAsLong();
  }

  /** What is known of a pool element whose home is here. */
  public Optional<ElementStatus> status(ElementKey key, long now) {
    return Optional.ofNullable(roll.get(key))
        .map(
            own ->
                new ElementStatus(
                    Optional.ofNullable(own.holder).flatMap(Holder::peer),
                    own.expires,
                    own.answered,
                    reports.reporters(own, now)));
  }

  /** How many are told of changes of a pool. */
  public int subscribers(PoolHandle pool) {
    return subscriptions.subscribers(pool);
  }
}
