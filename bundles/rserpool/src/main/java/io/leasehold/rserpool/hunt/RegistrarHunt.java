// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import io.leasehold.pool.RegistrarContact;
import io.leasehold.pool.RegistrarContact.State;
import io.leasehold.rserpool.session.Caller;
import io.leasehold.rserpool.session.SessionEvents;
import io.leasehold.rserpool.session.Sessions;
import io.leasehold.security.Assurance;
import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Finds a registrar, keeps a connection to it, and finds another one when it is lost (RFC 5352
 * section 3.6). Its core hands on what it hears of connections; those that are not the hunt's are
 * told by the answer. Belongs to the thread of its core.
 *
 * <p>A registrar is home only if it has proved who it is, or if it is configured to be reached in
 * clear. While a home is suspected it stays home until another one is found, it answers after all,
 * or the round is over.
 */
public final class RegistrarHunt {
  /** RFC 5352 section 3.6 SH1: no more connections than these, the home among them. */
  public static final int MOST_CONNECTIONS = 3;

  /** Announced registrars that are remembered; anybody may announce. */
  public static final int MOST_ANNOUNCED = 32;

  /** How a transport begins to say that the other end did not prove who it is. */
  private static final String UNPROVED = "handshake-failed";

  private final HuntSettings settings;
  private final Sessions sessions;
  private final HomeListener listener;
  private final List<Prospect> prospects = new ArrayList<>();
  private final Map<Long, Prospect> attempts = new LinkedHashMap<>();
  private final Set<Prospect> triedInRound = new HashSet<>();

  private boolean running;
  private boolean hunting;
  private long turn;
  private long interval;
  private long roundEnds;

  private boolean hasHome;
  private long homeSession;
  private long homeSince;
  private Assurance homeAssurance = Assurance.NONE;

  /** The home's place; null if the registrar connected to us. */
  private Prospect home;

  /** A hunt that waits for {@link #start}. */
  public RegistrarHunt(
      HuntSettings settings,
      Sessions sessions,
      HomeListener listener,
      RandomGenerator random,
      long now) {
    this.settings = settings;
    this.sessions = sessions;
    this.listener = listener;
    this.interval = settings.firstRound().toNanos();
    for (KnownRegistrar each : settings.places()) {
      prospects.add(new Prospect(each, now));
    }
    // Not everybody is to begin with the same one.
    Collections.rotate(prospects, random.nextInt(Math.max(1, prospects.size())));
  }

  /** Begins to look for a home. */
  public void start(long now) {
    running = true;
    beginRound(now);
  }

  /** Ends it, and its connections after what was sent on them. Nothing is heard any more. */
  public void stop(String why, long now) {
    running = false;
    hunting = false;
    dropAttempts(why, now);
    leaveHome(State.IDLE, why, now);
  }

  /** Whether there is a home. */
  public boolean hasHome() {
    return hasHome;
  }

  /** Whether this connection is the home's. */
  public boolean isHome(long session) {
    return hasHome && session == homeSession;
  }

  /** Connection of the home; there is one if {@link #hasHome}. */
  public long home() {
    return homeSession;
  }

  /** The home did not answer in time, or said what it should not: another one is looked for. */
  public void suspect(String why, long now) {
    if (!hasHome || hunting || !running) {
      return;
    }
    if (home != null) {
      home.enter(State.HOME, why, homeAssurance, now);
    }
    if (hasLasted(now)) {
      interval = settings.firstRound().toNanos();
    }
    beginRound(now);
  }

  private boolean hasLasted(long now) {
    return now - homeSince >= settings.firstRound().toNanos();
  }

  /** The home has answered: it is not suspected any more. */
  public void answered(long now) {
    if (hasHome && hunting) {
      endHunt("the home has answered", now);
      if (home != null) {
        home.enter(State.HOME, "", homeAssurance, now);
      }
    }
  }

  /**
   * A connection is open.
   *
   * @return false if it is not of this hunt
   */
  public boolean opened(long session, Caller caller, long now) {
    Prospect prospect = attempts.remove(session);
    if (prospect == null) {
      return false;
    }
    if (!prospect.place.to().inClear() && !isRegistrar(caller)) {
      sessions.close(session, "it has not proved that it is a registrar");
      distrust(prospect, "it has not proved that it is a registrar", now);
      fill(now);
      return true;
    }
    settle(prospect, session, caller, now);
    return true;
  }

  /** Whether the other end has proved that it is a registrar (RFC 5355 sections 2.6 and 2.7). */
  public static boolean isRegistrar(Caller caller) {
    return caller.isSecure() && caller.peer().orElseThrow().roles().contains(PeerRole.ENRP_SERVER);
  }

  /**
   * A registrar that has connected to us is home from now on (RFC 5352 section 2.2.7, H bit). The
   * caller has looked who it is.
   */
  public void adopt(long session, Caller caller, long now) {
    if (running && !isHome(session)) {
      settle(null, session, caller, now);
    }
  }

  private void settle(Prospect prospect, long session, Caller caller, long now) {
    leaveHome(State.IDLE, "another one is home", now);
    endHunt("another one is home", now);
    hasHome = true;
    home = prospect;
    homeSession = session;
    homeSince = now;
    homeAssurance = caller.assurance();
    if (prospect != null) {
      prospect.enter(State.HOME, "", homeAssurance, now);
    }
    listener.found(session, caller, now);
  }

  /** What protects the home's connection is old: it is replaced by a new one to the same place. */
  public void outdated(long session, long now) {
    if (isHome(session) && home != null && !hunting && !attempts.containsValue(home)) {
      attempts.put(sessions.connect(home.place.to()), home);
    }
  }

  /**
   * A connection is over, or did not come about.
   *
   * @return false if it was not of this hunt
   */
  public boolean ended(long session, String why, long now) {
    if (isHome(session)) {
      Prospect lost = home;
      hasHome = false;
      home = null;
      if (lost != null) {
        lost.enter(State.FAILED, why, Assurance.NONE, now);
      }
      listener.lost(why, now);
      goOn(lost, now);
      return true;
    }
    Prospect prospect = attempts.remove(session);
    if (prospect == null) {
      return false;
    }
    if (prospect != home) {
      failed(prospect, why, now);
    }
    fill(now);
    return true;
  }

  private void failed(Prospect prospect, String why, long now) {
    if (why.startsWith(UNPROVED)) {
      distrust(prospect, why, now);
    } else {
      prospect.enter(State.FAILED, why, Assurance.NONE, now);
    }
  }

  private void distrust(Prospect prospect, String why, long now) {
    prospect.distrust(now + settings.distrust().toNanos());
    prospect.enter(State.FAILED, why, Assurance.NONE, now);
  }

  /** The home is lost: a home that lasted ends the back-off, one that did not is part of it. */
  private void goOn(Prospect lost, long now) {
    if (hunting || !running) {
      fill(now);
    } else if (hasLasted(now)) {
      interval = settings.firstRound().toNanos();
      beginRound(now);
    } else {
      hunting = true;
      if (lost != null) {
        triedInRound.add(lost);
      }
      onTimer(now);
      fill(now);
    }
  }

  private void beginRound(long now) {
    hunting = true;
    roundEnds = now + interval;
    triedInRound.clear();
    if (hasHome && home != null) {
      triedInRound.add(home);
    }
    fill(now);
  }

  /** RFC 5352 section 3.6 SH1 and SH4. */
  private void fill(long now) {
    while (hunting && connections() < MOST_CONNECTIONS) {
      Prospect chosen = next(now);
      if (chosen == null) {
        return;
      }
      chosen.tried = ++turn;
      triedInRound.add(chosen);
      chosen.enter(State.TRYING, "", Assurance.NONE, now);
      attempts.put(sessions.connect(chosen.place.to()), chosen);
    }
  }

  private int connections() {
    return attempts.size() + (hasHome ? 1 : 0);
  }

  /**
   * Each has one turn in a round, and first those whose last turn is long ago (RFC 5352 section 3.6
   * SH5.2). Announced ones have the last place only, if others want it: anybody may announce.
   */
  private Prospect next(long now) {
    boolean last = connections() == MOST_CONNECTIONS - 1;
    return prospects.stream()
        .filter(each -> !triedInRound.contains(each) && !each.isDistrusted(now))
        .min(
            Comparator.comparing((Prospect each) -> each.isAnnounced() != last)
                .thenComparingLong(each -> each.tried))
        .orElse(null);
  }

  private void endHunt(String why, long now) {
    hunting = false;
    dropAttempts(why, now);
  }

  private void dropAttempts(String why, long now) {
    attempts.forEach(
        (session, prospect) -> {
          sessions.close(session, why);
          triedInRound.remove(prospect);
          if (prospect != home) {
            prospect.enter(State.IDLE, "", Assurance.NONE, now);
          }
        });
    attempts.clear();
  }

  private void leaveHome(State next, String why, long now) {
    if (!hasHome) {
      return;
    }
    sessions.close(homeSession, why);
    if (home != null) {
      home.enter(next, next == State.FAILED ? why : "", Assurance.NONE, now);
    }
    hasHome = false;
    home = null;
  }

  /** The time of {@link #deadline} may have come. */
  public void onTimer(long now) {
    prospects.removeIf(each -> each.isOutdated(now) && !isInUse(each));
    if (!hunting || now - roundEnds < 0) {
      return;
    }
    interval = Math.min(interval * 2, settings.longestRound().toNanos());
    attempts.forEach(
        (session, prospect) -> {
          sessions.close(session, "the round is over");
          prospect.enter(State.FAILED, "it did not answer", Assurance.NONE, now);
        });
    attempts.clear();
    if (hasHome) {
      leaveHome(State.FAILED, "it did not answer", now);
      listener.lost("it did not answer", now);
    }
    beginRound(now);
  }

  /** When {@link #onTimer} is to be called; {@link SessionEvents#NEVER} if not at all. */
  public long deadline() {
    long earliest = hunting ? roundEnds : SessionEvents.NEVER;
    for (Prospect each : prospects) {
      if (each.isAnnounced() && !isInUse(each)) {
        earliest = Math.min(earliest, each.outdatedAt());
      }
    }
    return earliest;
  }

  private boolean isInUse(Prospect prospect) {
    return prospect == home || attempts.containsValue(prospect);
  }

  /**
   * Somebody says that there is a registrar. Only another place to try; who is there has to prove
   * it all the same (RFC 5355 section 2.12).
   *
   * @return false if it is not remembered, because there are too many
   */
  public boolean announced(KnownRegistrar place, long now) {
    long until = now + settings.outdate().toNanos();
    int announced = 0;
    for (Prospect each : prospects) {
      if (each.place.isAt(place)) {
        each.announcedAgain(until);
        return true;
      }
      announced += each.isAnnounced() ? 1 : 0;
    }
    if (announced >= MOST_ANNOUNCED) {
      return false;
    }
    prospects.add(Prospect.announced(place, until, now));
    fill(now);
    return true;
  }

  /** All registrars that are known, the configured ones first. */
  public List<RegistrarContact> contacts(long now, Instant wall) {
    return prospects.stream().map(each -> each.contact(now, wall)).toList();
  }

  /** What wants attention, a sentence each. */
  public List<String> alarms() {
    List<Prospect> failed = prospects.stream().filter(Prospect::hasFailed).toList();
    if (!running || hasHome || failed.isEmpty() && !prospects.isEmpty()) {
      return List.of();
    }
    List<String> found = new ArrayList<>();
    found.add(
        "no registrar is home, the hunt goes on" + (failed.isEmpty() ? "; none is announced" : ""));
    failed.forEach(each -> found.add("registrar " + each));
    return found;
  }
}
