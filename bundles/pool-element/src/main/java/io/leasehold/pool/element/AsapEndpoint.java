// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolRegistration;
import io.leasehold.pool.RegistrarContact;
import io.leasehold.rserpool.hunt.Announcements;
import io.leasehold.rserpool.hunt.HomeListener;
import io.leasehold.rserpool.hunt.RegistrarHunt;
import io.leasehold.rserpool.policy.PublishedLoad;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.DeregistrationResponse;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.EndpointKeepAliveAck;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The ASAP endpoint of a pool element (RFC 5352): finds a registrar, keeps memberships registered
 * at it, and answers it. One thread.
 *
 * <p>A registrar that connects to this side is heard only if it has proved that it is one; nothing
 * is ever sent to one that has not (RFC 5355 section 2.6).
 */
public final class AsapEndpoint implements SessionEvents {
  private final ElementSettings settings;
  private final Sessions sessions;
  private final ElementCounters counters = new ElementCounters();
  private final RegistrarHunt hunt;
  private final Announcements announcements;
  private final Map<PoolHandle, Membership> memberships = new LinkedHashMap<>();
  private final Visitors visitors = new Visitors();
  private final Departures departures;
  private final PublishedLoad published = new PublishedLoad();
  private final boolean isAdaptive;
  private Optional<Ipv6> homeAddress = Optional.empty();
  private long homeServer;
  private boolean adopting;

  /**
   * An endpoint that waits for {@link #start}.
   *
   * @param random where to begin to look for registrars
   * @param events hears of changes, for the log
   */
  public AsapEndpoint(
      ElementSettings settings,
      Sessions sessions,
      Identifiers identifiers,
      RandomGenerator random,
      Consumer<String> events,
      long now) {
    this.settings = settings;
    this.sessions = sessions;
    this.hunt = new RegistrarHunt(settings.hunt(), sessions, new Homes(), random, now);
    this.announcements = new Announcements(settings.hunt(), hunt, now);
    for (ElementSettings.Place each : settings.pools()) {
      memberships.put(
          each.handle(),
          new Membership(each, settings.times(), identifiers, counters, new Link(), events, now));
    }
    this.departures = new Departures(settings.stale(), settings.times().life());
    this.isAdaptive = settings.pools().stream().anyMatch(each -> each.policy().isAdaptive());
  }

  /** Begins to look for a registrar, whether the server is ready or not. */
  public void start(long now) {
    hunt.start(now);
  }

  /** Where registrars may be; what is heard there is told to it. */
  public Announcements announcements() {
    return announcements;
  }

  /** How the server is now: pools are joined, left or told of another rank at once. */
  public void readiness(Readiness next, long now) {
    for (Membership each : memberships.values()) {
      each.want(next, now);
    }
    departures.look(hunt.hasHome());
  }

  /**
   * How much of the server is used now; told to pools that select by load when it has moved.
   *
   * @param share 0 to 1
   */
  public void utilisation(double share, long now) {
    if (!isAdaptive) {
      return;
    }
    published
        .offer(share, now)
        .ifPresent(
            load ->
                memberships.values().stream()
                    .filter(each -> each.place().policy().isAdaptive())
                    .forEach(each -> each.load(load, now)));
  }

  /**
   * Takes the server out of a pool until {@link #rejoin}.
   *
   * @param done hears a sentence when it is out, or when nobody can be told
   * @return false if it is no pool of this element
   */
  public boolean drain(PoolHandle pool, Consumer<String> done, long now) {
    Membership membership = memberships.get(pool);
    if (membership == null) {
      return false;
    }
    membership.drain(true, now);
    departures.add(List.of(membership), done, hunt.hasHome());
    return true;
  }

  /**
   * Ends a drain.
   *
   * @return false if it is no pool of this element
   */
  public boolean rejoin(PoolHandle pool, long now) {
    Membership membership = memberships.get(pool);
    if (membership == null) {
      return false;
    }
    membership.drain(false, now);
    departures.look(hunt.hasHome());
    return true;
  }

  /**
   * The server is about to end: all pools are left.
   *
   * @param done hears it when registrars know, or when there is none
   */
  public void leave(Consumer<String> done, long now) {
    readiness(Readiness.absent("the server stops"), now);
    departures.add(List.copyOf(memberships.values()), done, hunt.hasHome());
  }

  /** Ends all connections. */
  public void stop(long now) {
    hunt.stop("the server stops", now);
    visitors.leaveAll().forEach(each -> sessions.close(each, "the server stops"));
  }

  private final class Homes implements HomeListener {
    @Override
    public void found(long session, Caller caller, long now) {
      counters.homes.increment();
      homeAddress = Optional.of(caller.remote());
      for (Membership each : memberships.values()) {
        each.homeFound(adopting, now);
      }
    }

    @Override
    public void lost(String why, long now) {
      homeAddress = Optional.empty();
      homeServer = 0;
      for (Membership each : memberships.values()) {
        each.homeLost(why, now);
      }
    }
  }

  private final class Link implements Home {
    @Override
    public Optional<Ipv6> address() {
      return homeAddress;
    }

    @Override
    public boolean send(AsapMessage message) {
      return hunt.hasHome() && sessions.send(hunt.home(), message.encode());
    }

    @Override
    public void suspect(String why, long now) {
      hunt.suspect(why, now);
    }
  }

  @Override
  public void opened(long session, Caller caller, long now) {
    if (hunt.opened(session, caller, now)) {
      return;
    }
    if (!visitors.enter(session, caller)) {
      counters.strangers.increment();
      sessions.close(session, "it has not proved that it is a registrar, or too many are here");
    }
  }

  @Override
  public void outdated(long session, long now) {
    hunt.outdated(session, now);
  }

  @Override
  public void ended(long session, String why, long now) {
    visitors.left(session);
    hunt.ended(session, why, now);
    departures.look(hunt.hasHome());
  }

  @Override
  public void message(long session, Bytes message, long now) {
    if (!hunt.isHome(session) && !visitors.has(session)) {
      return;
    }
    Decoded<AsapMessage> decoded;
    try {
      decoded = AsapMessage.decode(message);
    } catch (MalformedPacketException e) {
      counters.malformed.increment();
      return;
    }
    if (!decoded.reports().isEmpty()) {
      counters.errorsSent.increment();
      sessions.send(session, new AsapError(new OperationError(decoded.reports())).encode());
    }
    if (decoded instanceof Decoded.Accepted<AsapMessage> accepted) {
      accept(session, accepted.message(), now);
    } else {
      counters.discarded.increment();
    }
    departures.look(hunt.hasHome());
  }

  private void accept(long session, AsapMessage message, long now) {
    if (message instanceof EndpointKeepAlive keepAlive) {
      keepAlive(session, keepAlive, now);
    } else if (message instanceof AsapError) {
      // Never answered, so that two sides do not go on for ever.
      counters.errorsReceived.increment();
    } else if (message instanceof RegistrationResponse response && hunt.isHome(session)) {
      Membership membership = membership(response.handle(), response.element());
      if (membership != null) {
        membership.answered(response, now);
      }
      homeAnswers(now);
    } else if (message instanceof DeregistrationResponse response && hunt.isHome(session)) {
      Membership membership = membership(response.handle(), response.element());
      if (membership != null) {
        membership.left(response, now);
      }
      homeAnswers(now);
    } else {
      counters.unexpected.increment();
    }
  }

  private void homeAnswers(long now) {
    hunt.answered(now);
    memberships.values().forEach(each -> each.homeAnswers(now));
  }

  private Membership membership(PoolHandle pool, long element) {
    Membership membership = memberships.get(pool);
    return membership != null && membership.is(element) ? membership : null;
  }

  /** RFC 5352 section 3.4. */
  private void keepAlive(long session, EndpointKeepAlive message, long now) {
    if (!visitors.mayAsk(session, now)) {
      counters.keepAlivesTooMany.increment();
      return;
    }
    Membership membership = memberships.get(message.handle());
    if (membership == null
        || !membership.isEntered()
        || message.element().isPresent() && !membership.is(message.element().getAsLong())) {
      counters.keepAlivesForeign.increment(); // KA1
      return;
    }
    counters.keepAlives.increment();
    sessions.send(
        session, new EndpointKeepAliveAck(message.handle(), membership.identifier()).encode());
    if (message.home() && visitors.has(session)) {
      adopt(session, now);
    }
    if (hunt.isHome(session)) {
      homeServer = message.server();
    }
  }

  /** RFC 5352 section 3.4 KA2.4. */
  private void adopt(long session, long now) {
    Caller visitor = visitors.take(session);
    adopting = true;
    hunt.adopt(session, visitor, now);
    adopting = false;
  }

  @Override
  public void onTimer(long now) {
    hunt.onTimer(now);
    for (Membership each : memberships.values()) {
      each.onTimer(now);
    }
    departures.look(hunt.hasHome());
  }

  @Override
  public long deadline() {
    long earliest = hunt.deadline();
    for (Membership each : memberships.values()) {
      earliest = Math.min(earliest, each.deadline());
    }
    return earliest;
  }

  /**
   * Every registration, by handle.
   *
   * @param wall the time of day at {@code now}
   */
  public List<PoolRegistration> registrations(long now, Instant wall) {
    return memberships.values().stream()
        .sorted((a, b) -> a.place().handle().compareTo(b.place().handle()))
        .map(each -> MembershipView.of(each, homeServer, now, wall))
        .toList();
  }

  /** Registrars that are known. */
  public List<RegistrarContact> registrars(long now, Instant wall) {
    return hunt.contacts(now, wall);
  }

  /** Counters. Any thread. */
  public ElementCounters counters() {
    return counters;
  }

  /** What wants attention, a sentence each. */
  public List<String> alarms() {
    List<String> all = new ArrayList<>(hunt.alarms());
    for (Membership each : memberships.values()) {
      String pool = "pool " + each.place().handle();
      if (each.state() == PoolRegistration.State.REFUSED) {
        all.add(pool + ": " + each.why());
      } else if (each.isUnheard()) {
        all.add(pool + ": " + each.attempts() + " registrations had no answer");
      }
    }
    return all;
  }
}
