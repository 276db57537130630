// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.hop.Application;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Family;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.Channels;
import io.leasehold.security.Health;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * Where relay agents connect. Changed by the control thread, read by any. Nothing is ever listened
 * on in a weaker way than configured: what cannot be protected is closed and told.
 */
final class HopBindings {
  private static final String NONE = "none";

  /** What there is now. */
  record Around(Collection<HopTransport> transports, Channels channelsOrNull) {}

  /**
   * One listener for one family.
   *
   * @param scheme of the hop
   */
  private record Key(String scheme, ListenSpec spec) {
    @Override
    public String toString() {
      return "%s://%s port %d for %s"
          .formatted(
              scheme, String.join(" ", spec.places()), spec.port(), spec.application().family());
    }
  }

  private record Open(HopTransport transport, Binding binding) {}

  private volatile Map<Key, Open> open = Map.of();
  private volatile Map<Key, String> down = Map.of();

  /**
   * Listens as configured, leaving open what is right already.
   *
   * @param families that are served
   * @param inbound takes what comes by a scheme for a family
   */
  void listen(
      List<HopSettings.Listener> listeners,
      Set<Family> families,
      Around around,
      BiFunction<String, Family, Inbound> inbound) {
    Map<Key, Open> before = open;
    Map<Key, Open> after = new LinkedHashMap<>();
    Map<Key, String> refused = new LinkedHashMap<>();
    for (HopSettings.Listener listener : listeners) {
      for (Family family : listener.families()) {
        if (families.contains(family)) {
          settle(key(listener, family), around, before, after, refused);
        }
      }
    }
    before.forEach(
        (key, was) -> {
          if (after.get(key) != was) {
            was.binding().close();
          }
        });
    after.replaceAll((key, now) -> now.binding() == null ? opened(key, now, inbound) : now);
    open = after;
    down = refused;
  }

  private static Open opened(Key key, Open wanted, BiFunction<String, Family, Inbound> inbound) {
    Family family = key.spec().application().family();
    return new Open(
        wanted.transport(),
        wanted.transport().listen(key.spec(), inbound.apply(key.scheme(), family)));
  }

  private static Key key(HopSettings.Listener listener, Family family) {
    Application application =
        family == Family.IPV6 ? Application.DHCPV6_RELAY : Application.DHCPV4_RELAY;
    String scheme = listener.uri().scheme();
    return new Key(
        scheme,
        new ListenSpec(
            application,
            List.of(listener.uri().host()),
            listener.uri().portFor(application),
            listener.channel(),
            PeerSelector.anyOf(PeerRole.RELAY),
            HopLimits.USUAL,
            listener.uri().isInClear(),
            listener.uri().transport()));
  }

  private static void settle(
      Key key,
      Around around,
      Map<Key, Open> before,
      Map<Key, Open> after,
      Map<Key, String> refused) {
    String unfit = unfit(key, around.channelsOrNull());
    HopTransport transport = transport(key.scheme(), around.transports());
    if (!unfit.isEmpty()) {
      refused.put(key, unfit);
    } else if (transport == null) {
      refused.put(
          key,
          "no transport for it is there; install one with feature:install leasehold-transport-"
              + bundle(key.scheme()));
    } else {
      Open was = before.get(key);
      after.put(key, was != null && was.transport() == transport ? was : new Open(transport, null));
    }
  }

  /** {@code tcp} carries {@code tls}, too. */
  private static String bundle(String scheme) {
    return scheme.equals("tls") ? "tcp" : scheme;
  }

  private static HopTransport transport(String scheme, Collection<HopTransport> transports) {
    return transports.stream()
        .filter(each -> each.name().equals(scheme) || each.name().equals(bundle(scheme)))
        .findFirst()
        .orElse(null);
  }

  /** Why a channel may not be used; empty if it may, though it may be down for the moment. */
  private static String unfit(Key key, Channels channelsOrNull) {
    String name = key.spec().channel();
    if (channelsOrNull == null) {
      return "nothing gives channels; install security with feature:install leasehold-security";
    }
    ChannelProfile profile = channelsOrNull.channel(name).profile().orElse(null);
    if (profile == null) {
      Health health = channelsOrNull.channel(name).health();
      return "channel " + name + " is not there: " + health.reason();
    }
    boolean bare = profile.provider().equals(NONE);
    if (bare && !key.scheme().equals("tcp")) {
      return "channel " + name + " protects nothing (provider none); only tcp:// may be so";
    }
    return !bare && key.scheme().equals("tcp")
        ? "channel " + name + " is of provider " + profile.provider() + "; use tls:// with it"
        : "";
  }

  /** Closes all. */
  void close() {
    open.values().forEach(each -> each.binding().close());
    open = Map.of();
    down = Map.of();
  }

  /** Endpoints by scheme. */
  Map<String, List<EndpointStatus>> endpoints() {
    Map<String, List<EndpointStatus>> found = new TreeMap<>();
    open.forEach(
        (key, each) ->
            found
                .computeIfAbsent(key.scheme(), scheme -> new ArrayList<>())
                .addAll(each.binding().endpoints()));
    return found;
  }

  /** Counters of the listeners by scheme. */
  Map<String, Long> counters() {
    Map<String, Long> named = new TreeMap<>();
    open.forEach(
        (key, each) ->
            each.binding()
                .counters()
                .forEach(
                    (name, n) -> named.merge("hop-" + key.scheme() + "-" + name, n, Long::sum)));
    return named;
  }

  /** Which listeners are down and why, a sentence each. */
  List<String> obstacles() {
    List<String> found = new ArrayList<>();
    down.forEach((key, why) -> found.add(key + " is not listened on: " + why));
    open.forEach(
        (key, each) -> {
          for (EndpointStatus endpoint : each.binding().endpoints()) {
            if (endpoint.state() != EndpointStatus.State.LISTENING) {
              found.add(
                  "%s does not listen on %s: %s"
                      .formatted(key, endpoint.address(), endpoint.reason()));
            }
          }
        });
    return found;
  }
}
