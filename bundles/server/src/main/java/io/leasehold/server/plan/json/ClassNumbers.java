// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Bytes;
import io.leasehold.server.expression.ClassNames;
import io.leasehold.server.plan.ClientClass;
import io.leasehold.server.plan.ClientClasses;
import io.leasehold.server.plan.ClientClasses.Ways;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The classes that one object of a plan defines and names, and the numbers that they get. */
final class ClassNumbers implements ClassNames {
  /** Classes into which the server itself puts clients, so that they have no test. */
  static final Set<String> OF_THE_SERVER =
      Set.of(ClientClasses.ALL, ClientClasses.KNOWN, ClientClasses.UNKNOWN, ClientClasses.BOOTP);

  private static final String HIGH_AVAILABILITY = "HA_";

  /** Begins the names of classes that Kea's extensions give. */
  private static final List<String> OF_EXTENSIONS =
      List.of(HIGH_AVAILABILITY, "AFTER_", "EXTERNAL_");

  private static final String SPAWN = "SPAWN_";

  private record Use(Place place, String name, String consequence) {}

  private final Findings findings;
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<String, Place> announced = new HashMap<>();
  private final Map<String, ClientClass> defined = new LinkedHashMap<>();
  private final Set<String> reserved = new TreeSet<>();
  private final List<Use> uses = new ArrayList<>();
  private boolean olderWords;
  private boolean newerWords;
  private String laterOrNull;

  ClassNumbers(Findings findings) {
    this.findings = findings;
  }

  /** Takes note that a class will be defined; returns where it already is, if so. */
  Optional<Place> announce(String name, Place place) {
    return Optional.ofNullable(announced.putIfAbsent(name, place));
  }

  /** Takes a definition: from now on tests may ask for its members. */
  void define(ClientClass one) {
    defined.put(one.name(), one);
  }

  /** The definition of a class before this one; empty if there is none. */
  Optional<ClientClass> definition(String name) {
    return Optional.ofNullable(defined.get(name));
  }

  /** The number of a class, whatever it is. */
  int of(String name) {
    Integer number = numbers.get(name);
    if (number == null) {
      number = numbers.size();
      numbers.put(name, number);
    }
    return number;
  }

  /** The number of a class that something is said to depend on, to be looked at in the end. */
  int used(Place place, String name, String consequence) {
    uses.add(new Use(place, name, consequence));
    return of(name);
  }

  /** The number of a class into which a reservation puts its client. */
  int reserved(String name) {
    reserved.add(name);
    return of(name);
  }

  /** Takes note in which words additional classes are asked for. */
  void additional(boolean older) {
    olderWords |= older;
    newerWords |= !older;
  }

  @Override
  public int numberOf(String name) {
    if (defined.containsKey(name) || isOfServer(name) || isOfExtension(name) || isSpawned(name)) {
      return of(name);
    }
    laterOrNull = announced.containsKey(name) ? name : null;
    return UNKNOWN_CLASS;
  }

  /** A class that a test asked for before its definition; null if none did. Asks once. */
  String takeLater() {
    String later = laterOrNull;
    laterOrNull = null;
    return later;
  }

  /** Where a class is defined. */
  Place placeOf(String name) {
    return announced.get(name);
  }

  @Override
  public String hint(String name) {
    return NearestWord.hint(name, names());
  }

  private Collection<String> names() {
    Set<String> names = new TreeSet<>(defined.keySet());
    names.addAll(OF_THE_SERVER);
    return names;
  }

  private static boolean isOfServer(String name) {
    return OF_THE_SERVER.contains(name)
        || name.startsWith(ClientClasses.VENDOR_PREFIX)
            && name.length() > ClientClasses.VENDOR_PREFIX.length();
  }

  private static boolean isOfExtension(String name) {
    return OF_EXTENSIONS.stream()
        .anyMatch(prefix -> name.startsWith(prefix) && name.length() > prefix.length());
  }

  /** Whether a template makes classes of such names. */
  private boolean isSpawned(String name) {
    return name.startsWith(SPAWN)
        && defined.values().stream()
            .anyMatch(one -> one.template().isPresent() && name.startsWith(prefix(one)));
  }

  private static String prefix(ClientClass template) {
    return SPAWN + template.name() + "_";
  }

  /**
   * All classes, when everything is read. Warns of those that nobody can belong to.
   *
   * @param globalsFirst whether global reservations are looked up before the subnet is known
   */
  ClientClasses finish(boolean globalsFirst) {
    uses.forEach(this::check);
    List<ClientClass> complete = new ArrayList<>();
    for (ClientClass one : defined.values()) {
      complete.add(one.template().isPresent() ? one.withSpawned(spawned(one)) : one);
    }
    if (numbers.containsKey(ClientClasses.UNKNOWN)) {
      of(ClientClasses.KNOWN); // who was found early must be told from who was not
    }
    if (numbers.isEmpty()) {
      return ClientClasses.NONE;
    }
    Ways ways = new Ways(olderWords && !newerWords, globalsFirst);
    return new ClientClasses(List.copyOf(numbers.keySet()), complete, ways);
  }

  private Map<Bytes, Integer> spawned(ClientClass template) {
    Map<Bytes, Integer> spawned = new HashMap<>();
    String prefix = prefix(template);
    numbers.forEach(
        (name, number) -> {
          if (name.startsWith(prefix) && name.length() > prefix.length()) {
            spawned.put(Bytes.ofUtf8(name.substring(prefix.length())), number);
          }
        });
    return spawned;
  }

  private void check(Use use) {
    String name = use.name();
    ClientClass definition = defined.get(name);
    boolean possible =
        definition != null || announced.containsKey(name)
            ? definition == null || hasMembers(definition)
            : isOfServer(name) || isSpawned(name);
    if (possible || reserved.contains(name)) {
      return;
    }
    String text = "nobody is in the class \"" + name + "\", so " + use.consequence();
    if (name.startsWith(HIGH_AVAILABILITY)) {
      text += ": Kea's libdhcp_ha gives it; here a \"failover\" relationship shares pools";
    } else if (definition == null) {
      text += NearestWord.hint(name, names());
    }
    findings.warn("class " + name, use.place(), text);
  }

  /** Whether something puts clients into a class that is defined. */
  private boolean hasMembers(ClientClass one) {
    return one.test().isPresent()
        || one.template().isPresent()
        || one.additional()
        || isOfServer(one.name())
        || isSpawned(one.name());
  }
}
