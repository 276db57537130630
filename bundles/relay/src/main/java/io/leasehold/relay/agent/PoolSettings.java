// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import io.leasehold.configuration.Keys;
import io.leasehold.hop.Application;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.PoolMember;
import io.leasehold.pool.UserTransport;
import io.leasehold.relay.agent.RelaySettings.HealthSettings;
import java.util.Map;
import java.util.TreeMap;

/**
 * A pool whose members are the servers.
 *
 * @param uri as configured
 * @param handle of the pool
 * @param application what is spoken with its members
 * @param carrier scheme of the hops to them: {@code udp}, {@code tls}, {@code dtls} or {@code tcp}
 * @param channel profile that protects these; empty for plain datagrams
 * @param spill whether a client may be sent to another group when none of its own answers
 * @param health when a member counts as dead
 */
public record PoolSettings(
    String uri,
    PoolHandle handle,
    Application application,
    String carrier,
    String channel,
    boolean spill,
    HealthSettings health) {
  /** By which an upstream is told from a hop. */
  static final String SCHEME = "pool:";

  /** RFC 5505 section 3.1: one word, from which everything else is known. */
  private static final String ACCEPTED =
      "accepted is pool:NAME, and ?carrier=udp, tls, dtls or tcp and &channel=NAME if they are needed";

  /** How many different clients must have had no answer: one alone may send what it wants. */
  private static final int CLIENTS = 2;

  /** Whether an upstream is a pool. */
  static boolean isPool(String text) {
    return text.startsWith(SCHEME);
  }

  /**
   * Reads one.
   *
   * @param channel of pools that name none
   * @throws IllegalArgumentException saying what is wrong and what is accepted
   */
  static PoolSettings of(String text, Application application, String channel, Keys keys) {
    int question = text.indexOf('?');
    String name = text.substring(SCHEME.length(), question < 0 ? text.length() : question);
    Map<String, String> parameters =
        parameters(text, question < 0 ? "" : text.substring(question + 1));
    String named = parameters.getOrDefault("channel", channel);
    String carrier = parameters.getOrDefault("carrier", named.isEmpty() ? "udp" : "tls");
    if (!carrier.matches("udp|tls|dtls|tcp")) {
      throw new IllegalArgumentException("'" + text + "': " + ACCEPTED);
    }
    int probe = keys.number("health.probe.seconds", 10, 1, 86_400);
    return new PoolSettings(
        text,
        PoolHandle.ofText(name),
        application,
        carrier,
        named,
        keys.flag("pool.spill", false),
        new HealthSettings(
            CLIENTS,
            keys.number("pool.silence.seconds", 3, 1, 600) * 1000L,
            probe * 1000L,
            CLIENTS));
  }

  private static Map<String, String> parameters(String text, String more) {
    Map<String, String> found = new TreeMap<>();
    for (String each : more.isEmpty() ? new String[0] : more.split("&")) {
      int equals = each.indexOf('=');
      String key = equals < 0 ? each : each.substring(0, equals);
      if (equals < 0
          || !key.matches("carrier|channel")
          || found.put(key, each.substring(equals + 1)) != null) {
        throw new IllegalArgumentException("'" + text + "': " + ACCEPTED);
      }
    }
    return found;
  }

  /** Whether it is known without asking anybody that nothing protects the hops to members. */
  public boolean isPlain() {
    return carrier.equals("tcp") || carrier.equals("udp") && channel.isEmpty();
  }

  /**
   * Why a member cannot be used; empty if it can. RFC 5355 section 2.9: never by another carrier
   * than the configured one, which could be weaker.
   */
  public String obstacle(PoolMember member) {
    boolean datagrams = carrier.equals("udp") || carrier.equals("dtls");
    if (member.transport() != (datagrams ? UserTransport.UDP : UserTransport.TCP)) {
      return "it is registered for another carrier than " + carrier;
    }
    Ipv6 address = member.address();
    if (address.isMulticast() || address.isUnspecified() || address.isLinkLocal()) {
      return "its address is none of a host that can be reached from here";
    }
    if (carrier.equals("udp") && address.isMapped() != (application.family() == Family.IPV4)) {
      return "its address is of the other family";
    }
    return member.port() == 0 ? "it has no port" : "";
  }

  /** The hop to a member; always the same for the same one, whatever its rank is. */
  public UplinkSettings uplink(PoolMember member) {
    return new UplinkSettings(
        SCHEME + handle + " " + member,
        carrier,
        member.address(),
        member.port(),
        "",
        channel,
        "",
        false);
  }
}
