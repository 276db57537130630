// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.transport.Binding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Where a core listens, by which transport. Any thread; closing waits until a place is closed. */
final class Places {
  private static final class Listening {
    private Binding binding;
    private String failure = "";
  }

  private record Door(String transport, String host, int port) {}

  private final Function<ListenSpec, SessionUser> users;
  private final Map<ListenSpec, Listening> all = new LinkedHashMap<>();
  private final Map<String, SessionTransport> transports = new HashMap<>();

  /**
   * Nowhere yet.
   *
   * @param users who hears of the connections of a place
   */
  Places(Function<ListenSpec, SessionUser> users) {
    this.users = users;
  }

  /**
   * Listens at these places, and at no others. Those that were there stay open.
   *
   * @throws IllegalArgumentException if one place is to be two; then nothing changes
   */
  synchronized void listen(List<ListenSpec> wanted) {
    Set<ListenSpec> next = new LinkedHashSet<>(wanted);
    mustDiffer(next);
    for (ListenSpec each : List.copyOf(all.keySet())) {
      if (!next.contains(each)) {
        close(all.remove(each));
      }
    }
    for (ListenSpec each : next) {
      if (!all.containsKey(each)) {
        Listening added = new Listening();
        all.put(each, added);
        open(each, added);
      }
    }
  }

  private static void mustDiffer(Set<ListenSpec> wanted) {
    Map<Door, ListenSpec> doors = new HashMap<>();
    for (ListenSpec each : wanted) {
      for (String host : each.places()) {
        if (doors.put(new Door(each.transport(), host, each.port()), each) != null) {
          throw new IllegalArgumentException(
              "%s port %d is to be listened on in two ways; accepted is each address and port once"
                  .formatted(host, each.port()));
        }
      }
    }
  }

  /** Listens by another transport of a name; null if there is none. */
  synchronized void use(String transport, SessionTransport next) {
    if (next == null) {
      transports.remove(transport);
    } else {
      transports.put(transport, next);
    }
    all.forEach(
        (place, listening) -> {
          if (place.transport().equals(transport)) {
            close(listening);
            open(place, listening);
          }
        });
  }

  private void open(ListenSpec place, Listening listening) {
    listening.failure = "";
    SessionTransport transport = transports.get(place.transport());
    if (transport == null) {
      return;
    }
    try {
      listening.binding = transport.accept(place, false, users.apply(place));
    } catch (RuntimeException e) {
      listening.failure = "the transport does not listen: " + e.getMessage();
    }
  }

  /** What the transport counted at them, of all places of an application together. */
  synchronized Map<String, Long> counters() {
    Map<String, Long> sums = new HashMap<>();
    all.forEach(
        (place, listening) -> {
          String prefix = "transport-" + place.application().name().toLowerCase(Locale.ROOT) + "-";
          if (listening.binding != null) {
            listening
                .binding
                .counters()
                .forEach((name, count) -> sums.merge(prefix + name, count, Long::sum));
          }
        });
    return sums;
  }

  private static void close(Listening listening) {
    if (listening.binding != null) {
      listening.binding.close();
      listening.binding = null;
    }
  }

  /** What is to be done about a transport that is not there. */
  static String noTransport(String transport) {
    return "there is no transport for %s connections; install leasehold-transport-%s"
        .formatted(transport, transport);
  }

  /**
   * What is wrong, a sentence each.
   *
   * @param missed names of transports that connections have missed
   */
  synchronized List<String> complaints(Set<String> missed) {
    Set<String> missing = new TreeSet<>(missed);
    all.keySet().forEach(each -> missing.add(each.transport()));
    missing.removeAll(transports.keySet());
    List<String> found = new ArrayList<>();
    missing.forEach(each -> found.add(noTransport(each) + waiting(each)));
    all.forEach(
        (place, listening) -> {
          String prefix = place.application().protocolName() + " port " + place.port() + ": ";
          if (listening.binding == null && missing.contains(place.transport())) {
            return;
          }
          if (listening.binding == null) {
            found.add(prefix + listening.failure);
          } else {
            listening.binding.endpoints().stream()
                .filter(each -> !each.reason().isEmpty())
                .forEach(each -> found.add(prefix + each.address() + ": " + each.reason()));
          }
        });
    return found;
  }

  private String waiting(String transport) {
    List<String> places =
        all.keySet().stream()
            .filter(each -> each.transport().equals(transport))
            .map(each -> each.application().protocolName() + " port " + each.port())
            .toList();
    return places.isEmpty() ? "" : ", for which wait " + String.join(", ", places);
  }
}
