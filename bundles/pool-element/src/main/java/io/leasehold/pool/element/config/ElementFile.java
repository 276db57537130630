// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.element.config;

import io.leasehold.configuration.Keys;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.element.ElementSettings;
import io.leasehold.pool.element.ElementTimes;
import io.leasehold.pool.element.FailoverRank;
import io.leasehold.pool.element.MemberPolicy;
import io.leasehold.rserpool.hunt.HuntSettings;
import io.leasehold.rserpool.hunt.KnownRegistrar;
import io.leasehold.rserpool.wire.Unsigned;
import io.leasehold.rserpool.wire.parameter.PolicyType;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32;

/** Reads {@code etc/io.leasehold.pool.element-NAME.cfg}: all mistakes at once. */
public final class ElementFile {
  private static final int DAY_SECONDS = 86_400;
  private static final int MOST_POOLS = 16;
  private static final int MOST_REGISTRARS = 32;
  private static final int BUCKET_OCTETS = 32;
  private static final String CLIENT_HASH = "client-hash";
  private static final String CLIENT_HASH_3074 = "client-hash-rfc3074";

  private static final Map<String, Long> POLICIES =
      Map.of(
          "priority", PolicyType.PRIORITY,
          "round-robin", PolicyType.ROUND_ROBIN,
          "weighted-round-robin", PolicyType.WEIGHTED_ROUND_ROBIN,
          "random", PolicyType.RANDOM,
          "weighted-random", PolicyType.WEIGHTED_RANDOM,
          "least-used", PolicyType.LEAST_USED,
          "least-used-degradation", PolicyType.LEAST_USED_DEGRADATION,
          "priority-least-used", PolicyType.PRIORITY_LEAST_USED,
          "randomized-least-used", PolicyType.RANDOMIZED_LEAST_USED);

  private final Keys keys;

  private ElementFile(Keys keys) {
    this.keys = keys;
  }

  /** Whether a file asks for a pool element at all. */
  public static boolean isWanted(Map<String, ?> properties) {
    return Keys.of(properties).flag("enabled", true);
  }

  /**
   * Reads a file.
   *
   * @param instance what its name says
   * @throws IllegalArgumentException with everything that is wrong with it, a line each, with what
   *     is accepted
   */
  public static ElementPlan read(String instance, Map<String, ?> properties) {
    ElementFile file = new ElementFile(Keys.of(properties));
    file.keys.flag("enabled", true);
    Parts parts = file.parts();
    List<String> problems = file.keys.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return parts.plan(instance);
  }

  /** What was read, as far as it could be. */
  private record Parts(
      List<ElementSettings.Place> pools,
      List<KnownRegistrar> registrars,
      Optional<HuntSettings.Announced> announced,
      Duration firstRound,
      Duration longestRound,
      ElementTimes times,
      Duration stale,
      Optional<String> failover,
      long rank) {
    ElementPlan plan(String instance) {
      HuntSettings hunt =
          new HuntSettings(
              registrars,
              firstRound,
              longestRound,
              HuntSettings.DISTRUST,
              HuntSettings.OUTDATE,
              announced);
      return new ElementPlan(
          new ElementSettings(instance, pools, hunt, times, stale), failover, rank);
    }
  }

  private Parts parts() {
    Optional<String> failover = Optional.of(keys.text("failover", "")).filter(x -> !x.isEmpty());
    int first = keys.number("hunt.seconds", 3, 1, 60);
    String channel = keys.text("channel", "");
    List<KnownRegistrar> registrars = registrars(channel);
    return new Parts(
        pools(failover),
        registrars,
        HuntSettings.Announced.of(keys.list("announcements"), channel, registrars, keys::refuse),
        Duration.ofSeconds(first),
        Duration.ofSeconds(keys.number("hunt.most.seconds", 60, first, 3600)),
        new ElementTimes(
            seconds("registration.seconds", 5, 1, 600),
            seconds("deregistration.seconds", 2, 1, 600),
            seconds("life.seconds", 300, 30, DAY_SECONDS),
            seconds("refused.seconds", 300, 60, DAY_SECONDS)),
        seconds("stale.seconds", 30, 1, 3600),
        failover,
        unsigned("rank", FailoverRank.ALONE, 0));
  }

  private Duration seconds(String key, int otherwise, int least, int most) {
    return Duration.ofSeconds(keys.number(key, otherwise, least, most));
  }

  private long unsigned(String key, long otherwise, long least) {
    return keys.value(
        key,
        otherwise,
        "a number from " + least + " to " + Unsigned.MAX_U32,
        text -> {
          long number = Unsigned.u32(Long.parseLong(text), key);
          if (number < least) {
            throw new IllegalArgumentException(text);
          }
          return number;
        });
  }

  private List<ElementSettings.Place> pools(Optional<String> failover) {
    PortTransport transport = transport();
    MemberPolicy policy = policy(failover);
    if (!keys.has("pools")) {
      keys.refuse("pools is missing; accepted are names of pools, for example dhcp6-core");
    }
    List<PoolHandle> handles =
        keys.list("pools", "names of 1 to 255 octets, \\x00 for one", PoolHandle::ofText);
    if (handles.size() > MOST_POOLS || new LinkedHashSet<>(handles).size() < handles.size()) {
      keys.refuse("pools", keys.text("pools", ""), "up to " + MOST_POOLS + ", each once");
    }
    return handles.stream()
        .map(each -> new io.leasehold.rserpool.wire.PoolHandle(each.octets()))
        .map(each -> new ElementSettings.Place(each, policy, transport))
        .toList();
  }

  private PortTransport transport() {
    String accepted = "the address at which relay agents reach this server";
    Ipv6 address = keys.value("address", Ipv6.UNSPECIFIED, accepted, ElementFile::unicast);
    if (!keys.has("address")) {
      keys.refuse("address is missing; accepted is " + accepted);
    }
    int port = keys.number("port", address.isMapped() ? 67 : 547, 1, 65535);
    return keys.word("transport", "udp", "udp", "tcp").equals("tcp")
        ? PortTransport.tcp(address, port)
        : PortTransport.udp(address, port);
  }

  private static Ipv6 unicast(String text) {
    Ipv6 address = Ipv6.ofText(text);
    if (address.isMulticast() || address.isUnspecified() || address.isLinkLocal()) {
      throw new IllegalArgumentException(text);
    }
    return address;
  }

  private MemberPolicy policy(Optional<String> failover) {
    String word =
        keys.value(
            "policy",
            CLIENT_HASH,
            CLIENT_HASH + ", " + CLIENT_HASH_3074 + ", " + String.join(", ", words()),
            text -> {
              if (!List.of(CLIENT_HASH, CLIENT_HASH_3074).contains(text)
                  && !POLICIES.containsKey(text)) {
                throw new IllegalArgumentException(text);
              }
              return text;
            });
    long group =
        keys.has("group")
            ? keys.value("group", 1L, "a number from 1, or a name", ElementFile::group)
            : failover.map(ElementFile::group).orElse(0L);
    long weight = unsigned("weight", 100, 1);
    Bytes buckets = keys.value("buckets", Bytes.EMPTY, "64 hex digits", ElementFile::buckets);
    long degradation = degradation();
    if (POLICIES.containsKey(word)) {
      return MemberPolicy.standard(POLICIES.get(word), weight, degradation);
    }
    if (group == 0) {
      keys.refuse(
          "group is missing; accepted is the name of the failover relationship, or another one that"
              + " no other server has");
    }
    if (!word.equals(CLIENT_HASH_3074)) {
      return MemberPolicy.clientHash(group, weight);
    }
    if (buckets.isEmpty()) {
      keys.refuse("buckets is missing; accepted are 64 hex digits, a bit for each bucket");
      return MemberPolicy.clientHash(group, weight);
    }
    return MemberPolicy.bucketHash(group, buckets);
  }

  private static List<String> words() {
    return POLICIES.keySet().stream().sorted().toList();
  }

  /** RFC 5356 section 5.2: how much of all load one more user is. */
  private long degradation() {
    double percent =
        keys.value(
            "degradation.percent",
            0.1,
            "a number from 0 to 100",
            text -> {
              double read = Double.parseDouble(text);
              if (!(read >= 0 && read <= 100)) {
                throw new IllegalArgumentException(text);
              }
              return read;
            });
    return Math.round(percent / 100 * Unsigned.MAX_U32);
  }

  /** A number as it is; of a name what is the same on both servers of a group. */
  static long group(String text) {
    if (text.chars().allMatch(Character::isDigit)) {
      long number = Unsigned.u32(Long.parseLong(text), "group");
      if (number == 0) {
        throw new IllegalArgumentException(text);
      }
      return number;
    }
    CRC32 sum = new CRC32();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return Math.max(1, sum.getValue());
  }

  private static Bytes buckets(String text) {
    Bytes read = Bytes.ofHex(text);
    if (read.length() != BUCKET_OCTETS) {
      throw new IllegalArgumentException(text);
    }
    return read;
  }

  private List<KnownRegistrar> registrars(String channel) {
    List<KnownRegistrar> places =
        keys.list("registrars").stream()
            .map(each -> registrar(each, channel))
            .filter(Objects::nonNull)
            .toList();
    // RFC 5352 section 3.6: nothing else tells where registrars are.
    if (!keys.has("registrars") && !keys.has("announcements")) {
      keys.refuse("registrars is missing; accepted is at least one, tls://[2001:db8::9]");
    }
    if (places.size() > MOST_REGISTRARS) {
      keys.refuse("registrars: " + MOST_REGISTRARS + " are enough, not " + places.size());
    }
    long inClear = places.stream().filter(each -> each.to().inClear()).count();
    if (inClear > 0 && inClear < places.size()) {
      // RFC 5355 section 2.15: pools are protected as a whole, or not at all.
      keys.refuse(
          "registrars: all are tls://, or all are tcp:// and sctp:// because nothing protects the pools");
    }
    return places;
  }

  private KnownRegistrar registrar(String text, String channel) {
    try {
      return KnownRegistrar.parse(text, channel);
    } catch (IllegalArgumentException e) {
      keys.refuse("registrars: " + e.getMessage());
      return null;
    }
  }
}
