// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.connection;

import io.leasehold.hop.HopLimits;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.datagram.Tokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides who is let in: few strangers at a time, fewer from one address, and always somebody whose
 * address is known, for whom the stranger that waits longest has to go. Everything it remembers is
 * bounded. One thread at a time.
 */
public final class AcceptGovernor {
  /** Addresses that are remembered, because a peer came from there or somebody just tried. */
  public static final int MOST_ADDRESSES = 4096;

  private final HopLimits limits;
  private final ConnectionLimits rates;
  private final Predicate<Ipv6> listed;
  private final boolean yielding;
  private final Set<Guest> strangers = new LinkedHashSet<>();
  private final Map<String, List<Guest>> known = new HashMap<>();
  private final Map<Ipv6, Boolean> familiar = recentOf();
  private final Map<Ipv6, Tokens> tries = recentOf();
  private Tokens ofStrangers;

  /** A connection that was let in. */
  public static final class Guest {
    private final Ipv6 source;
    private String peerId = "";

    Guest(Ipv6 source) {
      this.source = source;
    }
  }

  /**
   * What was decided.
   *
   * @param guest the connection; empty if it is refused
   * @param refusal why it is refused; null if it is not
   * @param displaced who has to go for it
   */
  public record Decision(Optional<Guest> guest, Refusal refusal, Optional<Guest> displaced) {}

  /**
   * Nobody is in.
   *
   * @param rates how many handshakes one source may begin in a second, after a few at once, and how
   *     many all strangers may, so that they leave time for those who are known
   * @param listed whether a peer is configured with this address
   * @param yielding whether of an address that has all it may the oldest goes for the newest
   * @param nanos when it begins
   */
  public AcceptGovernor(
      HopLimits limits,
      ConnectionLimits rates,
      Predicate<Ipv6> listed,
      boolean yielding,
      long nanos) {
    this.limits = limits;
    this.rates = rates;
    this.listed = listed;
    this.yielding = yielding;
    this.ofStrangers = new Tokens(rates.strangersPerSecond(), nanos);
  }

  private static <V> Map<Ipv6, V> recentOf() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Ipv6, V> eldest) {
        return size() > MOST_ADDRESSES;
      }
    };
  }

  /** Somebody connects. */
  public Decision arrive(Ipv6 source, long nanos) {
    if (!mayTry(source, nanos)) {
      return refused(Refusal.RATE);
    }
    long ofSource = ofSource(source);
    Optional<Guest> displaced = Optional.empty();
    if (ofSource >= limits.perSource()) {
      if (!yielding) {
        return refused(Refusal.SOURCE);
      }
      displaced = strangers.stream().filter(each -> each.source.equals(source)).findFirst();
    }
    boolean familiar = isFamiliar(source);
    if (displaced.isEmpty() && strangers.size() >= limits.unauthenticated()) {
      displaced = familiar && ofSource < limits.perPeer() ? oldest() : Optional.empty();
      if (displaced.isEmpty()) {
        return refused(Refusal.BUDGET);
      }
    }
    if (!familiar && !mayStrangerTry(nanos)) {
      return refused(Refusal.STRANGERS);
    }
    displaced.ifPresent(strangers::remove);
    Guest guest = new Guest(source);
    strangers.add(guest);
    return new Decision(Optional.of(guest), null, displaced);
  }

  private static Decision refused(Refusal why) {
    return new Decision(Optional.empty(), why, Optional.empty());
  }

  private boolean mayTry(Ipv6 source, long nanos) {
    int most = Math.max(rates.handshakesPerSecond(), limits.perSource());
    Tokens before = tries.getOrDefault(source, new Tokens(most, nanos));
    Tokens now = before.earned(rates.handshakesPerSecond(), most, nanos);
    tries.put(source, now.spent());
    return now.any();
  }

  private boolean mayStrangerTry(long nanos) {
    int perSecond = rates.strangersPerSecond();
    Tokens now = ofStrangers.earned(perSecond, perSecond, nanos);
    ofStrangers = now.spent();
    return now.any();
  }

  private long ofSource(Ipv6 source) {
    return strangers.stream().filter(each -> each.source.equals(source)).count();
  }

  private boolean isFamiliar(Ipv6 source) {
    return familiar.containsKey(source) || listed.test(source);
  }

  /** Who has waited longest, those from unknown addresses first. */
  private Optional<Guest> oldest() {
    Guest oldest = null;
    for (Guest each : strangers) {
      if (!isFamiliar(each.source)) {
        return Optional.of(each);
      }
      oldest = oldest == null ? each : oldest;
    }
    return Optional.ofNullable(oldest);
  }

  /**
   * A guest has proved who it is.
   *
   * @return the oldest connection of the peer, if it has more than it may
   */
  public Optional<Guest> authenticated(Guest guest, String peerId) {
    if (!strangers.remove(guest)) {
      return Optional.empty(); // it was told to go at the same moment
    }
    familiar.put(guest.source, true);
    guest.peerId = peerId;
    List<Guest> ofPeer = known.computeIfAbsent(peerId, id -> new ArrayList<>());
    ofPeer.add(guest);
    return ofPeer.size() > limits.perPeer() ? Optional.of(ofPeer.remove(0)) : Optional.empty();
  }

  /** A guest has gone, for whatever reason. Nothing happens if it was told to go. */
  public void left(Guest guest) {
    strangers.remove(guest);
    List<Guest> ofPeer = known.getOrDefault(guest.peerId, List.of());
    Iterator<Guest> each = ofPeer.iterator();
    while (each.hasNext()) {
      if (each.next() == guest) {
        each.remove();
      }
    }
    if (ofPeer.isEmpty()) {
      known.remove(guest.peerId);
    }
  }

  /** How many are not authenticated. */
  public int strangers() {
    return strangers.size();
  }
}
