// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.explain;

import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v4.Dhcp4OptionCode;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.net.Bytes;
import io.leasehold.server.Decision.Fate;
import io.leasehold.server.Decision.OptionFate;
import io.leasehold.server.plan.PlanOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells from an answer what became of the options that the plan has for its client. */
final class OptionFates {
  private static final String VENDOR = "vendor-";

  private record Key(OptionSpace space, int code) {}

  private final OptionSpace space;
  private final AnswerFacts answer;
  private final Map<Key, String> nearest = new HashMap<>();
  private final Set<Key> always = new HashSet<>();
  private final Map<Key, String> never = new HashMap<>();
  private final List<OptionFate> fates = new ArrayList<>();

  private OptionFates(OptionSpace space, AnswerFacts answer) {
    this.space = space;
    this.answer = answer;
  }

  /**
   * What became of them, in the order of the levels.
   *
   * @param space of the options that stand in a message itself
   * @param levels nearest to the client first
   */
  static List<OptionFate> of(OptionSpace space, List<OptionLevel> levels, AnswerFacts answer) {
    OptionFates fates = new OptionFates(space, answer);
    levels.forEach(fates::learn);
    levels.forEach(fates::tell);
    fates.tellUnknown();
    return List.copyOf(fates.fates);
  }

  private void learn(OptionLevel level) {
    for (PlanOption option : level.options().all()) {
      Key key = new Key(option.space(), option.code());
      nearest.putIfAbsent(key, level.name());
      if (option.alwaysSend()) {
        always.add(key);
      }
      if (option.neverSend()) {
        never.putIfAbsent(key, level.name());
      }
    }
  }

  private void tell(OptionLevel level) {
    Set<Key> told = new HashSet<>();
    for (PlanOption option : level.options().all()) {
      Key key = new Key(option.space(), option.code());
      if (told.add(key)) {
        fates.add(
            level.name().equals(nearest.get(key)) ? fate(key, level, option) : lost(key, level));
      }
    }
  }

  private OptionFate lost(Key key, OptionLevel level) {
    return new OptionFate(
        key.space(), key.code(), level.name(), Fate.OVERRIDDEN, "by " + nearest.get(key));
  }

  private OptionFate fate(Key key, OptionLevel level, PlanOption option) {
    boolean top = key.space().equals(space);
    String why = "";
    Fate fate;
    if (never.containsKey(key)) {
      fate = Fate.NEVER_SEND;
      why = "never-send in " + never.get(key);
    } else if (top && isOfVendors(key)) {
      fate = answer.sent().has(key.code()) ? Fate.SENT : Fate.NOT_REQUESTED;
      why = "with the options of vendors that are sent";
    } else if (top && answer.terms().isOurs().test(key.code())) {
      fate = Fate.NOT_FOR_PLANS;
      why = "the server itself decides about it";
    } else if (top) {
      fate = ofMessage(key);
      why = fate == Fate.SENT ? reason(key, option) : "";
    } else {
      fate = ofVendor(key);
      why =
          fate == Fate.NOT_REQUESTED ? "as far as the client wants options of " + key.space() : "";
    }
    return new OptionFate(key.space(), key.code(), level.name(), fate, why);
  }

  /** Whether it is what options of vendors stand in. */
  private static boolean isOfVendors(Key key) {
    boolean v4 = key.space().equals(OptionSpace.DHCP4);
    return key.code() == (v4 ? Dhcp4OptionCode.VIVSO : Dhcp6OptionCode.VENDOR_OPTS);
  }

  private Fate ofMessage(Key key) {
    if (answer.leftOut().contains(key.code())) {
      return Fate.TOO_BIG;
    }
    if (answer.sent().has(key.code())) {
      return Fate.SENT;
    }
    if (answer.drafted().has(key.code())) {
      return Fate.REMOVED;
    }
    boolean wanted = always.contains(key) || answer.terms().requested().contains(key.code());
    return wanted ? Fate.NOT_DUE : Fate.NOT_REQUESTED;
  }

  private String reason(Key key, PlanOption option) {
    List<Bytes> values = answer.sent().allRaw(key.code());
    if (!values.contains(option.value())) {
      return answer.drafted().allRaw(key.code()).contains(option.value())
          ? "with another value, from an interceptor"
          : "with another value, made by the server";
    }
    if (answer.terms().requested().contains(key.code())) {
      return "requested";
    }
    return always.contains(key) ? "always-send" : "every client gets it";
  }

  private Fate ofVendor(Key key) {
    String number = key.space().name();
    if (!number.startsWith(VENDOR) || !number.substring(VENDOR.length()).matches("\\d{1,10}")) {
      return Fate.NOT_DUE;
    }
    Options inside =
        answer.terms().ofVendor().apply(Long.parseLong(number.substring(VENDOR.length())));
    return inside.has(key.code()) ? Fate.SENT : Fate.NOT_REQUESTED;
  }

  /** What the client asks for and nobody has. */
  private void tellUnknown() {
    Set<Integer> told = new HashSet<>();
    for (int i = 0; i < answer.terms().requested().size(); i++) {
      int code = answer.terms().requested().code(i);
      boolean ours = answer.terms().isOurs().test(code);
      if (told.add(code) && !ours && !nearest.containsKey(new Key(space, code))) {
        boolean sent = answer.sent().has(code);
        fates.add(
            new OptionFate(
                space,
                code,
                "",
                sent ? Fate.SENT : Fate.NOT_CONFIGURED,
                sent ? "requested; made by the server or an interceptor" : "requested"));
      }
    }
  }
}
