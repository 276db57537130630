// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.Lifetimes;
import io.leasehold.server.plan.Lifetimes.Range;
import io.leasehold.server.plan.json.Level.Setting;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads lifetimes and T1/T2 with Kea's defaults. */
final class LifetimeReader {
  private static final long VALID_SECONDS = 7_200;
  private static final long PREFERRED_SECONDS = 3_600;
  private static final long FOREVER = 0xffff_ffffL;
  private static final double RENEW_FRACTION = 0.5;
  private static final double REBIND_FRACTION = 0.8;

  /** RFC 2131 section 4.4.5. */
  private static final double REBIND_FRACTION_V4 = 0.875;

  private final Level level;

  private LifetimeReader(Level level) {
    this.level = level;
  }

  /** The lifetimes of a subnet. */
  static Lifetimes read(Level level) {
    return new LifetimeReader(level).read();
  }

  private Lifetimes read() {
    Range valid = range("valid-lifetime", VALID_SECONDS);
    boolean hasPreferred = level.dialect() == Dialect.V6;
    Range preferred = hasPreferred ? range("preferred-lifetime", PREFERRED_SECONDS) : valid;
    if (valid.usual() == 0) {
      level
          .find("valid-lifetime", Long.class)
          .ifPresent(
              s ->
                  level
                      .findings()
                      .error(s.place(), "\"valid-lifetime\" is 0; accepted is 1 or more"));
    }
    if (preferred.usual() > valid.usual()) {
      level
          .find("preferred-lifetime", Long.class)
          .ifPresent(
              s ->
                  level
                      .findings()
                      .warn("preferred", s.place(), preferredTooLong(preferred, valid)));
    }
    Optional<Setting<Long>> renew = level.find("renew-timer", Long.class);
    Optional<Setting<Long>> rebind = level.find("rebind-timer", Long.class);
    checkTimers(renew, rebind, Lifetimes.preferred(preferred.usual(), valid.usual()));
    boolean compute = level.flag("calculate-tee-times", hasPreferred);
    double renewFraction = fraction("t1-percent", RENEW_FRACTION);
    double rebindFraction =
        fraction("t2-percent", hasPreferred ? REBIND_FRACTION : REBIND_FRACTION_V4);
    checkFractions(compute, renewFraction, rebindFraction);
    return new Lifetimes(
        preferred, valid, seconds(renew), seconds(rebind), compute, renewFraction, rebindFraction);
  }

  private static String preferredTooLong(Range preferred, Range valid) {
    return "\"preferred-lifetime\" is "
        + preferred.usual()
        + ", more than the \"valid-lifetime\" of "
        + valid.usual()
        + "; clients get "
        + Lifetimes.preferred(preferred.usual(), valid.usual())
        + ", which is 0.625 of it";
  }

  /** Kea lets every bound be inherited by itself; one that is said nowhere is the usual value. */
  private Range range(String key, long otherwise) {
    Optional<Setting<Long>> usual = level.find(key, Long.class);
    Optional<Setting<Long>> least = level.find("min-" + key, Long.class);
    Optional<Setting<Long>> most = level.find("max-" + key, Long.class);
    long middle = usual.map(Setting::value).orElse(otherwise);
    if (usual.isEmpty() && otherwise == PREFERRED_SECONDS) {
      long floor = least.map(Setting::value).orElse(middle);
      middle = Math.max(floor, Math.min(middle, most.map(Setting::value).orElse(middle)));
    }
    long low = least.map(Setting::value).orElse(middle);
    long high = most.map(Setting::value).orElse(middle);
    if (low > middle || middle > high) {
      Place place =
          (low > middle ? least : most)
              .or(() -> usual)
              .map(Setting::place)
              .orElse(level.fields().place());
      level
          .findings()
          .error(
              place,
              "lifetimes from \"min-%s\" %d over \"%s\" %d to \"max-%s\" %d; accepted is a row that does not fall"
                  .formatted(key, low, key, middle, key, high));
      return new Range(middle, middle, middle);
    }
    return new Range(low, middle, high);
  }

  private void checkTimers(
      Optional<Setting<Long>> renew, Optional<Setting<Long>> rebind, long preferred) {
    if (renew.isPresent() && rebind.isPresent() && renew.get().value() > rebind.get().value()) {
      String text =
          "\"renew-timer\" is "
              + renew.get().value()
              + ", more than the \"rebind-timer\" of "
              + rebind.get().value();
      if (renew.get().level() == rebind.get().level()) {
        level.findings().error(renew.get().place(), text + "; accepted is T1 up to T2");
      } else {
        level
            .findings()
            .warn(
                "renew > rebind",
                renew.get().place(),
                text + "; clients get the earlier one for both");
      }
    } else if (rebind.isPresent() && isTooLong(rebind.get(), preferred)) {
      tooLong("rebind-timer", rebind.get(), preferred);
    } else if (renew.isPresent() && isTooLong(renew.get(), preferred)) {
      tooLong("renew-timer", renew.get(), preferred);
    }
  }

  /** RFC 8415 section 21.4: for addresses that last for ever, both times are for ever too. */
  private static boolean isTooLong(Setting<Long> timer, long preferred) {
    return timer.value() >= preferred && timer.value() != FOREVER;
  }

  private void tooLong(String key, Setting<Long> timer, long preferred) {
    level
        .findings()
        .warn(
            key + " > preferred",
            timer.place(),
            "\"%s\" is %d, not less than the %s lifetime of %d: clients keep no time to renew"
                .formatted(
                    key,
                    timer.value(),
                    level.dialect() == Dialect.V6 ? "preferred" : "valid",
                    preferred));
  }

  private void checkFractions(boolean compute, double renew, double rebind) {
    if (compute && renew >= rebind) {
      Setting<Double> at =
          level
              .find("t1-percent", Double.class)
              .or(() -> level.find("t2-percent", Double.class))
              .orElseThrow();
      level
          .findings()
          .error(
              at.place(),
              "\"t1-percent\" is " + renew + ", not less than \"t2-percent\", " + rebind);
    }
  }

  private double fraction(String key, double otherwise) {
    return level.find(key, Double.class).map(Setting::value).orElse(otherwise);
  }

  private static OptionalLong seconds(Optional<Setting<Long>> timer) {
    return timer.map(s -> OptionalLong.of(s.value())).orElse(OptionalLong.empty());
  }
}
