// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.plan.json;

import io.leasehold.net.Prefix;
import io.leasehold.server.plan.AddressPool;
import io.leasehold.server.plan.ClassTerms;
import io.leasehold.server.plan.Compatibility;
import io.leasehold.server.plan.Dhcp4Terms;
import io.leasehold.server.plan.LocalOptions;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PrefixPool;
import io.leasehold.server.plan.ReservationScope;
import io.leasehold.server.plan.Reservations;
import io.leasehold.server.plan.Selectors;
import io.leasehold.server.plan.Subnet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads subnets. */
final class SubnetReader {
  /** The largest id that Kea admits. */
  private static final long LARGEST_ID = 4_294_967_294L;

  private final Vocabulary words;
  private final Claims claims;
  private final List<String> allocators;
  private final Compatibility compatibility;
  private final PoolReader pools;
  private final ReservationReader reservations;
  private final Map<Long, Place> ids = new HashMap<>();

  /** Reads subnets whose allocators are among some words. */
  SubnetReader(
      Vocabulary words,
      Claims claims,
      List<String> allocators,
      Compatibility compatibility,
      ReservationReader reservations) {
    this.words = words;
    this.claims = claims;
    this.allocators = allocators;
    this.compatibility = compatibility;
    this.pools = new PoolReader(words, claims, compatibility);
    this.reservations = reservations;
  }

  /**
   * The subnet; its id is 0 if the plan gives none. Empty if its prefix cannot be read.
   *
   * @param network options of its shared network
   * @param globals options of the globals
   */
  Optional<Subnet> read(Level level, OptionSet network, OptionSet globals) {
    Fields fields = level.fields();
    LocalOptions local = LocalOptions.of(OptionValues.read(fields, words), network);
    ClassTerms classes = ClassTermsReader.read(fields, words.classes());
    Selectors selectors = SelectorReader.read(fields);
    long id = id(fields);
    Optional<Prefix> prefix =
        fields
            .requiredText("subnet")
            .flatMap(text -> AddressText.prefix(fields, fields.place("subnet"), text));
    // Pools are read for their own mistakes even where the subnet cannot be.
    Prefix bounds = prefix.orElse(Prefix.ALL);
    boolean governed = FailoverTerms.relationship(level).isPresent();
    prefix.ifPresent(p -> claims.subnet(fields.place("subnet"), p, governed));
    List<AddressPool> addresses = pools.pools(fields, bounds);
    List<PrefixPool> prefixes = pools.prefixPools(fields, bounds);
    Reservations reserved = reservations.read(fields, bounds);
    ReservationScope scope = scope(level);
    if (scope.outOfPool()) {
      checkOutOfPool(fields, reserved, addresses);
    }
    Subnet subnet =
        new Subnet(
            id,
            bounds,
            selectors,
            LifetimeReader.read(level),
            level.flag("rapid-commit", false),
            addresses,
            prefixes,
            local.all().over(globals),
            reserved,
            scope,
            allocator(level, "allocator"),
            allocator(level, "pd-allocator"),
            level.flag("store-extended-info", false),
            terms(level, bounds),
            local,
            classes);
    FailoverTerms.check(level, subnet);
    return prefix.map(p -> subnet);
  }

  private Dhcp4Terms terms(Level level, Prefix prefix) {
    OptionalDouble threshold =
        level
            .find("adaptive-lease-time-threshold", Double.class)
            .filter(setting -> setting.value() < 1)
            .map(setting -> OptionalDouble.of(setting.value()))
            .orElse(OptionalDouble.empty());
    long offer =
        level
            .find("offer-lifetime", Long.class)
            .map(Level.Setting::value)
            .filter(seconds -> seconds > 0)
            .orElse(Dhcp4Terms.DEFAULT.offerSeconds());
    return new Dhcp4Terms(
        level.flag("authoritative", false),
        level.flag("match-client-id", true),
        level.boot(),
        threshold,
        offer,
        level.flag("bootp", false),
        compatibility.excludesFrom(prefix));
  }

  private long id(Fields fields) {
    OptionalLong id = fields.whole("id", 0, LARGEST_ID);
    if (id.orElse(0) != 0) {
      Place first = ids.putIfAbsent(id.getAsLong(), fields.place("id"));
      if (first != null) {
        fields.error("id", "\"id\" is " + id.getAsLong() + ", which is already at " + first);
      }
    }
    return id.orElse(0);
  }

  private static ReservationScope scope(Level level) {
    boolean inSubnet = level.flag("reservations-in-subnet", true);
    boolean outOfPool = level.flag("reservations-out-of-pool", false);
    if (outOfPool && !inSubnet) {
      level
          .find("reservations-out-of-pool", Boolean.class)
          .ifPresent(
              s ->
                  level
                      .findings()
                      .warn(
                          s.place(),
                          "\"reservations-out-of-pool\" has no effect without"
                              + " \"reservations-in-subnet\""));
    }
    return new ReservationScope(
        inSubnet, outOfPool && inSubnet, level.flag("reservations-global", false));
  }

  private static void checkOutOfPool(
      Fields fields, Reservations reserved, List<AddressPool> pools) {
    reserved.all().stream()
        .flatMap(reservation -> reservation.addresses().stream())
        .filter(address -> pools.stream().anyMatch(pool -> pool.contains(address)))
        .findFirst()
        .ifPresent(
            address ->
                fields
                    .findings()
                    .warn(
                        fields.place("reservations"),
                        address
                            + " is reserved and in a pool, though \"reservations-out-of-pool\" says"
                            + " that none is"));
  }

  /** Reports allocators of a level that nobody has. */
  void checkAllocators(Level level) {
    allocator(level, "allocator");
    allocator(level, "pd-allocator");
  }

  private String allocator(Level level, String key) {
    String word = level.word(key, "iterative");
    if (!allocators.contains(word)) {
      Place place = level.find(key, String.class).orElseThrow().place();
      level
          .findings()
          .error(
              place,
              "\""
                  + key
                  + "\" is \""
                  + word
                  + "\"; accepted are "
                  + String.join(", ", allocators)
                  + NearestWord.hint(word, allocators));
    }
    return word;
  }
}
