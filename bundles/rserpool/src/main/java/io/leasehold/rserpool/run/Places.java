// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import io.leasehold.hop.Application;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.transport.Binding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Where a core listens. Any thread; closing waits until a place is closed. */
final class Places {
  private static final class Listening {
    private Binding binding;
    private String failure = "";
  }

  private record Door(String host, int port) {}

  private final Function<Application, SessionUser> users;
  private final Map<ListenSpec, Listening> all = new LinkedHashMap<>();
  private SessionTransport transport;

  /**
   * Nowhere yet.
   *
   * @param users who hears of the connections of a place
   */
  Places(Function<Application, SessionUser> users) {
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
        if (doors.put(new Door(host, each.port()), each) != null) {
          throw new IllegalArgumentException(
              "%s port %d is to be listened on in two ways; accepted is each address and port once"
                  .formatted(host, each.port()));
        }
      }
    }
  }

  /** Listens by another transport; null if there is none. */
  synchronized void use(SessionTransport next) {
    transport = next;
    all.forEach(
        (place, listening) -> {
          close(listening);
          open(place, listening);
        });
  }

  private void open(ListenSpec place, Listening listening) {
    listening.failure = "";
    if (transport == null) {
      return;
    }
    try {
      listening.binding = transport.accept(place, false, users.apply(place.application()));
    } catch (RuntimeException e) {
      listening.failure = "the transport does not listen: " + e.getMessage();
    }
  }

  private static void close(Listening listening) {
    if (listening.binding != null) {
      listening.binding.close();
      listening.binding = null;
    }
  }

  /** What is wrong, a sentence each. */
  synchronized List<String> complaints() {
    if (transport == null) {
      return List.of(Connections.NO_TRANSPORT);
    }
    List<String> found = new ArrayList<>();
    all.forEach(
        (place, listening) -> {
          String prefix = place.application().protocolName() + " port " + place.port() + ": ";
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
}
