// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.dtls;

import io.leasehold.hop.HopLimits;
import io.leasehold.net.Ipv6;
import io.leasehold.security.HopEnd;
import io.leasehold.transport.dtls.Counts.Count;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The associations of a listener by the other end's address and port, and how many there may be.
 * May be used from any thread.
 */
final class Guests {
  private static final int MOST_KNOWN_SOURCES = 1024;

  /** Handshakes of strangers for which others have to wait. */
  static final int CROWD = 8;

  /** An association and the way of its datagrams. */
  record Guest(HopEnd from, Association association, HopPath path) {}

  private final HopLimits limits;
  private final Map<HopEnd, Guest> present = new HashMap<>();

  /** Those who shake hands anew from a place where another association still is. */
  private final Map<HopEnd, Guest> returning = new HashMap<>();

  /** Addresses from which a peer was known: they have room even in a crowd. */
  private final Set<Ipv6> knownSources =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Ipv6, Boolean> eldest) {
              return size() > MOST_KNOWN_SOURCES;
            }
          });

  Guests(HopLimits limits) {
    this.limits = limits;
  }

  synchronized Optional<Guest> present(HopEnd from) {
    return Optional.ofNullable(present.get(from));
  }

  synchronized Optional<Guest> returning(HopEnd from) {
    return Optional.ofNullable(returning.get(from));
  }

  /** Whether a peer was known at an address. */
  synchronized boolean isKnown(Ipv6 source) {
    return knownSources.contains(source);
  }

  /**
   * Handshakes of strangers that have to go, for a handshake from an address at which a peer was
   * known: they would be done first. None unless there are many.
   */
  synchronized List<Association> crowd() {
    List<Association> strangers =
        all().stream()
            .filter(each -> !each.association().isUp() && !isKnown(each.from().address()))
            .map(Guest::association)
            .toList();
    return strangers.size() < CROWD ? List.of() : strangers;
  }

  /** Why nobody else may come from there now; empty if somebody may. */
  synchronized Optional<Count> refusal(HopEnd from) {
    List<Guest> all = all();
    long ofSource =
        all.stream().filter(each -> each.from().address().equals(from.address())).count();
    if (ofSource >= limits.perSource()) {
      return Optional.of(Count.REFUSED_SOURCE_LIMIT);
    }
    long unknown = all.stream().filter(each -> !each.association().isUp()).count();
    return unknown >= limits.unauthenticated() && !knownSources.contains(from.address())
        ? Optional.of(Count.REFUSED_CROWD_LIMIT)
        : Optional.empty();
  }

  synchronized void add(Guest guest) {
    if (present.containsKey(guest.from())) {
      returning.put(guest.from(), guest);
    } else {
      present.put(guest.from(), guest);
    }
  }

  /**
   * One has become known: it takes the place it came back to, and of its peer only the youngest
   * stay.
   *
   * @return associations that have to go
   */
  synchronized List<Association> known(Association association, long now) {
    List<Association> gone = new ArrayList<>();
    for (Guest guest : List.copyOf(returning.values())) {
      if (guest.association() == association) {
        returning.remove(guest.from());
        gone.add(present.put(guest.from(), guest).association());
      }
    }
    present.values().stream()
        .filter(each -> each.association() == association)
        .forEach(each -> knownSources.add(each.from().address()));
    List<Association> ofPeer = new ArrayList<>(ofPeer(peerOf(association)));
    ofPeer.sort(Comparator.comparingLong(each -> each.moments().inStateNanos(now)));
    ofPeer.remove(association);
    ofPeer.stream().skip(Math.max(0, limits.perPeer() - 1)).forEach(gone::add);
    return gone;
  }

  synchronized void remove(Association association) {
    present.values().removeIf(each -> each.association() == association);
    returning.values().removeIf(each -> each.association() == association);
  }

  /** Associations of a peer that are up. */
  synchronized List<Association> ofPeer(String peerId) {
    return all().stream()
        .map(Guest::association)
        .filter(each -> each.isUp() && peerOf(each).equals(peerId))
        .toList();
  }

  private static String peerOf(Association association) {
    return association.peer().map(each -> each.peerId()).orElse("");
  }

  synchronized List<Guest> all() {
    List<Guest> all = new ArrayList<>(present.values());
    all.addAll(returning.values());
    return all;
  }
}
