// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.connection.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses that a listener accepts on: all of them are one socket, so that an association has
 * the paths of all. Follows the addresses of the host. On the thread of the transport, but for
 * {@link #status}.
 */
final class SctpPlaces {
  /** Makes the socket. */
  interface Doors {
    /** One that accepts nowhere yet. */
    Sockets.Door open() throws IOException;
  }

  private final ListenSpec spec;
  private final List<String> texts;
  private final Counters counters;
  private final Doors doors;
  private final Set<Place> bound = new HashSet<>();
  private final Map<Place, String> state = new ConcurrentHashMap<>();
  private volatile Set<Place> wanted;
  private Sockets.Door door;

  /** Nowhere yet; {@code *} means the addresses of the transport if it has any. */
  SctpPlaces(ListenSpec spec, List<Ipv6> addresses, Counters counters, Doors doors) {
    this.spec = spec;
    this.counters = counters;
    this.doors = doors;
    boolean everywhere = spec.places().contains("*") && !addresses.isEmpty();
    this.texts =
        everywhere ? addresses.stream().map(Ipv6::toString).toList() : List.copyOf(spec.places());
    this.wanted = wanted();
  }

  /** Opens what should be open and is not, and closes what should not be. */
  void scan() {
    Set<Place> now = wanted();
    wanted = now;
    state.keySet().retainAll(now);
    for (Place gone : List.copyOf(bound)) {
      if (!now.contains(gone)) {
        shut(gone);
      }
    }
    if (door != null) {
      door.resume();
    }
    for (Place each : now) {
      if (each.absence().isEmpty() && !bound.contains(each)) {
        open(each);
      }
    }
  }

  private Set<Place> wanted() {
    Set<Place> all = Place.of(texts);
    return all.contains(Place.EVERYWHERE) ? Set.of(Place.EVERYWHERE) : all;
  }

  private void open(Place place) {
    try {
      if (door == null) {
        door = doors.open();
      }
      door.open(place.bound());
      bound.add(place);
      state.put(place, "");
    } catch (IOException e) {
      counters.count(Counters.OPEN_FAILED);
      state.put(place, String.valueOf(e.getMessage()));
      if (bound.isEmpty()) {
        closeDoor(); // a socket whose binding failed may be of no use any more
      }
    }
  }

  private void shut(Place place) {
    bound.remove(place);
    Optional<InetAddress> address = place.bound();
    if (bound.isEmpty() || address.isEmpty()) {
      bound.clear();
      closeDoor();
      return;
    }
    try {
      door.shut(address.get());
    } catch (IOException e) {
      bound.clear(); // all anew, by the next look
      closeDoor();
    }
  }

  private void closeDoor() {
    if (door != null) {
      door.close();
      door = null;
    }
  }

  /** Closes the socket. */
  void close() {
    bound.clear();
    state.clear();
    wanted = Set.of();
    closeDoor();
  }

  /**
   * Every place and how it is. Any thread.
   *
   * @param complaint what is wrong with all that listen
   */
  List<EndpointStatus> status(String complaint) {
    List<EndpointStatus> all = new ArrayList<>();
    for (Place place : wanted) {
      String reason = state.getOrDefault(place, "is being opened");
      if (!place.absence().isEmpty()) {
        all.add(status(place, EndpointStatus.State.ABSENT, place.absence()));
      } else if (reason.isEmpty()) {
        all.add(status(place, EndpointStatus.State.LISTENING, complaint));
      } else {
        all.add(status(place, EndpointStatus.State.RETRYING, reason));
      }
    }
    return all;
  }

  private EndpointStatus status(Place place, EndpointStatus.State how, String reason) {
    return new EndpointStatus(
        spec.application().family(),
        place.interfaceName(),
        place.address(),
        spec.port(),
        how,
        reason);
  }
}
