// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.server.plan.BootFields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the globals, a shared network or a subnet say, and behind that what the level around them
 * says.
 */
final class Level {
  /**
   * A value that counts on a level.
   *
   * @param value the value
   * @param place where it is written
   * @param level the level that says it
   */
  record Setting<T>(T value, Place place, Level level) {}

  private static final List<String> SECONDS =
      List.of(
          "valid-lifetime",
          "min-valid-lifetime",
          "max-valid-lifetime",
          "preferred-lifetime",
          "min-preferred-lifetime",
          "max-preferred-lifetime",
          "renew-timer",
          "rebind-timer",
          "offer-lifetime");
  private static final List<String> FLAGS =
      List.of(
          "calculate-tee-times",
          "rapid-commit",
          "store-extended-info",
          "reservations-global",
          "reservations-in-subnet",
          "reservations-out-of-pool",
          "authoritative",
          "match-client-id",
          "bootp");
  private static final List<String> FRACTIONS = List.of("t1-percent", "t2-percent");
  private static final List<String> WORDS = List.of("allocator", "pd-allocator", "failover");
  private static final String ADAPTIVE = "adaptive-lease-time-threshold";
  private static final List<String> MODES =
      List.of("disabled", "off", "out-of-pool", "global", "all");

  private final Fields fields;
  private final Level outer;
  private final BootFields boot;
  private final Map<String, Setting<?>> settings = new HashMap<>(8);

  /** Reads a level; {@code outer} is null for the globals. */
  Level(Fields fields, Level outer) {
    this.fields = fields;
    this.outer = outer;
    SECONDS.forEach(key -> fields.seconds(key).ifPresent(value -> put(key, value)));
    FLAGS.forEach(key -> fields.flag(key).ifPresent(value -> put(key, value)));
    FRACTIONS.forEach(key -> fields.fraction(key).ifPresent(value -> put(key, value)));
    WORDS.forEach(key -> fields.text(key).ifPresent(value -> put(key, value)));
    fields.share(ADAPTIVE).ifPresent(value -> put(ADAPTIVE, value));
    boot = BootReader.read(fields).over(outer == null ? BootFields.NONE : outer.boot);
    reservationMode();
  }

  private void put(String key, Object value) {
    settings.put(key, new Setting<>(value, fields.place(key), this));
  }

  /** The one key with which older Kea says what three flags say now. */
  private void reservationMode() {
    Optional<String> mode = fields.word("reservation-mode", MODES);
    if (mode.isEmpty()) {
      return;
    }
    if (fields.has("reservations-global")
        || fields.has("reservations-in-subnet")
        || fields.has("reservations-out-of-pool")) {
      fields.error(
          "reservation-mode",
          "\"reservation-mode\" cannot stand beside the \"reservations-…\" keys that replace it");
      return;
    }
    settings.put("reservations-global", flag(mode.get().equals("global")));
    settings.put(
        "reservations-in-subnet",
        flag(mode.get().equals("all") || mode.get().equals("out-of-pool")));
    settings.put("reservations-out-of-pool", flag(mode.get().equals("out-of-pool")));
  }

  private Setting<Boolean> flag(boolean value) {
    return new Setting<>(value, fields.place("reservation-mode"), this);
  }

  Fields fields() {
    return fields;
  }

  Dialect dialect() {
    return fields.dialect();
  }

  /** What clients of the level boot. */
  BootFields boot() {
    return boot;
  }

  Findings findings() {
    return fields.findings();
  }

  private Optional<Setting<?>> find(String key) {
    for (Level level = this; level != null; level = level.outer) {
      Setting<?> setting = level.settings.get(key);
      if (setting != null) {
        return Optional.of(setting);
      }
    }
    return Optional.empty();
  }

  /** What counts for a key whose value is a {@code type}. */
  <T> Optional<Setting<T>> find(String key, Class<T> type) {
    return find(key).map(s -> new Setting<>(type.cast(s.value()), s.place(), s.level()));
  }

  boolean flag(String key, boolean otherwise) {
    return find(key, Boolean.class).map(Setting::value).orElse(otherwise);
  }

  String word(String key, String otherwise) {
    return find(key, String.class).map(Setting::value).orElse(otherwise);
  }
}
