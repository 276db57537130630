// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan;

import io.leasehold.net.Bytes;
import io.leasehold.server.expression.PacketFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The classes of a family: those that the plan defines, in its order, and those that it names
 * without defining them. A client comes into them in steps, as in Kea: when its message is
 * received, when its reservations are known, and when it has got its leases. Immutable.
 */
public final class ClientClasses {
  /** Where every client belongs. */
  public static final String ALL = "ALL";

  /** Clients with a reservation. */
  public static final String KNOWN = "KNOWN";

  /** Clients without. */
  public static final String UNKNOWN = "UNKNOWN";

  /** Clients of BOOTP. */
  public static final String BOOTP = "BOOTP";

  /** Clients that get no answer. */
  public static final String DROP = "DROP";

  /** Begins the names of classes after what clients call their vendor. */
  public static final String VENDOR_PREFIX = "VENDOR_CLASS_";

  /** A plan without classes: nobody looks for any. */
  public static final ClientClasses NONE = new ClientClasses(List.of(), List.of(), Ways.KEA_3);

  private static final int NOBODY = -1;

  /**
   * How clients come into classes where that differs.
   *
   * @param byOlderWords whether additional classes are asked for in the words of Kea 2 ({@code
   *     require-client-classes}), and so in its order
   * @param globalsFirst whether reservations that hold in several subnets are looked up before the
   *     subnet is known
   */
  public record Ways(boolean byOlderWords, boolean globalsFirst) {
    /** Those of Kea 3 where the plan does not say. */
    public static final Ways KEA_3 = new Ways(false, false);
  }

  private final List<String> names;
  private final List<ClientClass> defined;
  private final Ways ways;
  private final ClientClass[] byNumber;
  private final List<ClientClass> early = new ArrayList<>();
  private final List<ClientClass> late = new ArrayList<>();
  private final Map<Bytes, Integer> byVendor = new HashMap<>();
  private final int all;
  private final int known;
  private final int unknown;
  private final int bootp;
  private final int drop;

  /**
   * Takes in the classes of a plan.
   *
   * @param names all names, by number
   * @param defined those that the plan defines, in its order
   */
  public ClientClasses(List<String> names, List<ClientClass> defined, Ways ways) {
    this.names = List.copyOf(names);
    this.defined = List.copyOf(defined);
    this.ways = ways;
    byNumber = new ClientClass[names.size()];
    for (ClientClass one : this.defined) {
      byNumber[one.number()] = one;
      if (one.isEvaluated() && !one.additional()) {
        (one.afterReservations() ? late : early).add(one);
      }
    }
    for (int number = 0; number < names.size(); number++) {
      if (names.get(number).startsWith(VENDOR_PREFIX)) {
        String vendor = names.get(number).substring(VENDOR_PREFIX.length());
        byVendor.put(Bytes.ofUtf8(vendor), number);
      }
    }
    all = this.names.indexOf(ALL);
    known = this.names.indexOf(KNOWN);
    unknown = this.names.indexOf(UNKNOWN);
    bootp = this.names.indexOf(BOOTP);
    drop = this.names.indexOf(DROP);
  }

  /** Whether nothing in the plan depends on classes. */
  public boolean isEmpty() {
    return names.isEmpty();
  }

  /** All names, by number. */
  public List<String> names() {
    return names;
  }

  /** The classes that the plan defines, in its order. */
  public List<ClientClass> defined() {
    return defined;
  }

  /** The names of a client's classes, in order. */
  public List<String> names(ClassSet classes) {
    List<String> all = new ArrayList<>(classes.size());
    for (int i = 0; i < classes.size(); i++) {
      all.add(names.get(classes.number(i)));
    }
    return all;
  }

  /** What the plan says of a class; null if it only names it. */
  public ClientClass definition(int number) {
    return byNumber[number];
  }

  /** Whether whoever belongs to these classes gets no answer. */
  public boolean drops(ClassSet classes) {
    return classes.isMember(drop);
  }

  /** Whether additional classes are looked at in the order of Kea 2: network, subnet, pools. */
  public boolean isByOlderWords() {
    return ways.byOlderWords();
  }

  /** A client of whom nothing is known yet. */
  public ClassSet nobody() {
    return isEmpty() ? ClassSet.NONE : new ClassSet(names.size());
  }

  /**
   * The first step: what a message says by itself.
   *
   * @param classes where the client comes in; what {@code facts} say of membership
   * @param vendor what the client calls its vendor; empty if it does not
   * @param isBootp whether it is a message of BOOTP
   */
  public void receive(ClassSet classes, PacketFacts facts, Bytes vendor, boolean isBootp) {
    classes.join(all);
    if (!vendor.isEmpty() && !byVendor.isEmpty()) {
      classes.join(byVendor.getOrDefault(vendor, NOBODY));
    }
    if (isBootp) {
      classes.join(bootp);
    }
    evaluate(early, classes, facts);
  }

  /**
   * What a reservation says, before {@link #recognise}: its classes come before those that the
   * message alone decided about, which are looked at anew.
   */
  public void reserve(ClassSet classes, PacketFacts facts, List<Integer> reserved) {
    for (int i = 0; i < defined.size(); i++) {
      if (defined.get(i).isEvaluated()) {
        classes.leave(defined.get(i).number());
      }
    }
    join(classes, reserved);
    evaluate(early, classes, facts);
  }

  /**
   * Looks the client up in reservations before its subnet is known, if the plan wants that. Who has
   * none may still have one in a subnet.
   *
   * @return the classes of the client's reservation
   */
  public List<Integer> lookUpFirst(
      ClassSet classes, PacketFacts facts, Reservations global, List<HostIdentifier> identifiers) {
    for (int i = 0; i < identifiers.size(); i++) {
      Reservation host = global.of(identifiers.get(i)).orElse(null);
      if (host != null) {
        if (!host.classes().isEmpty()) {
          reserve(classes, facts, host.classes());
        }
        recognise(classes, facts, true);
        return host.classes();
      }
    }
    return List.of();
  }

  /** Whether {@link #lookUpFirst} is wanted. */
  public boolean isLookedUpFirst() {
    return ways.globalsFirst();
  }

  /** The second step: what depends on whether anything is reserved for the client. */
  public void recognise(ClassSet classes, PacketFacts facts, boolean isKnown) {
    if (isKnown || !classes.isMember(known)) {
      classes.join(isKnown ? known : unknown);
    }
    evaluate(late, classes, facts);
  }

  /** Puts a client into classes that need no test. */
  public void join(ClassSet classes, List<Integer> numbers) {
    for (int i = 0; i < numbers.size(); i++) {
      classes.join(numbers.get(i));
    }
  }

  /** The last step: classes that what a client got asks for. */
  public void add(ClassSet classes, PacketFacts facts, List<Integer> additional) {
    for (int i = 0; i < additional.size(); i++) {
      ClientClass one = byNumber[additional.get(i)];
      if (one != null && !one.isEvaluated()) {
        // In Kea 2 a class without a test is left out, from Kea 3 on everybody belongs to it.
        classes.join(ways.byOlderWords() ? NOBODY : one.number());
      } else if (one != null) {
        evaluate(one, classes, facts);
      }
    }
  }

  private static void evaluate(List<ClientClass> some, ClassSet classes, PacketFacts facts) {
    for (int i = 0; i < some.size(); i++) {
      evaluate(some.get(i), classes, facts);
    }
  }

  private static void evaluate(ClientClass one, ClassSet classes, PacketFacts facts) {
    if (one.template().isPresent()) {
      Bytes value = one.template().get().of(facts);
      if (!value.isEmpty()) {
        classes.join(one.spawned().getOrDefault(value, NOBODY));
        classes.join(one.number());
      }
    } else if (one.test().get().holds(facts)) {
      classes.join(one.number());
    }
  }
}
