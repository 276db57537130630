// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.config;

import io.leasehold.configuration.Keys;
import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Ipv6;
import io.leasehold.net.Prefix;
import io.leasehold.registrar.asap.AnnounceSettings;
import io.leasehold.registrar.asap.AsapRates;
import io.leasehold.registrar.asap.AsapSettings;
import io.leasehold.registrar.asap.AsapTimers;
import io.leasehold.registrar.enrp.EnrpLimits;
import io.leasehold.registrar.enrp.EnrpSettings;
import io.leasehold.registrar.enrp.EnrpTimers;
import io.leasehold.rserpool.run.RegistrarPlace;
import io.leasehold.rserpool.space.SpaceLimits;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code etc/io.leasehold.registrar.cfg}: all mistakes at once. Without {@code insecure} a
 * registrar is secure as a whole (RFC 5355 section 2.15).
 */
public final class RegistrarFile {
  private static final int HOUR_SECONDS = 3600;
  private static final int MILLION = 1_000_000;
  private static final String PLACE =
      "tls://*, or tcp:// and sctp:// in clear with insecure = true; an address or interface for *, and :PORT"
          + " if it is not the usual one";
  private static final String REGISTRAR =
      "tls://[2001:db8::2], or tcp:// and sctp:// in clear with insecure = true; :PORT if it is not the usual"
          + " one, and ?peer=NAME if only that peer may be there";

  private final Keys keys;
  private final boolean isInsecure;
  private final String channel;
  private final String plainChannel;

  private RegistrarFile(Keys keys) {
    this.keys = keys;
    isInsecure = keys.flag("insecure", false);
    channel = keys.text("channel", "pools");
    plainChannel = keys.text("plain.users.channel", "");
  }

  /** Whether a file asks for a registrar at all. */
  public static boolean isWanted(Map<String, ?> properties) {
    return Keys.of(properties).flag("enabled", true);
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException with everything that is wrong with it, a line each, with what
   *     is accepted
   */
  public static RegistrarSettings read(Map<String, ?> properties) {
    Keys keys = Keys.of(properties);
    keys.flag("enabled", true);
    RegistrarSettings settings = new RegistrarFile(keys).settings();
    List<String> problems = keys.problems();
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return settings;
  }

  private RegistrarSettings settings() {
    if (isInsecure && !plainChannel.isEmpty()) {
      keys.refuse(
          "plain.users.channel is for secure registrars; with insecure all users are plain");
    }
    List<ListenSpec> forPools = places("asap", Application.ASAP);
    List<ListenSpec> among = places("enrp", Application.ENRP);
    List<ListenSpec> places = new ArrayList<>(forPools);
    places.addAll(among);
    List<Ipv6> addresses =
        keys.list(
            "address",
            "addresses of this host, like 2001:db8::1 or 192.0.2.1",
            RegistrarFile::unicast);
    return new RegistrarSettings(
        !isInsecure,
        RegistrarPlace.together(places),
        asap(),
        enrp(own(among, addresses)),
        space(),
        announced(forPools, addresses));
  }

  /** RFC 5352 section 3.6: where it serves, and not where plain users of a secure registrar do. */
  private Optional<AnnounceSettings> announced(List<ListenSpec> places, List<Ipv6> addresses) {
    List<String> interfaces = keys.list("announce.interfaces");
    if (interfaces.isEmpty()) {
      return Optional.empty();
    }
    List<ListenSpec> served = places.stream().filter(each -> each.inClear() == isInsecure).toList();
    List<TransportParameter> own = own(served, addresses);
    if (own.isEmpty()) {
      keys.refuse(
          "announce.interfaces: address is missing; accepted are the addresses of this host that"
              + " are announced, like 2001:db8::1");
    }
    return Optional.of(new AnnounceSettings(interfaces, own));
  }

  private boolean isAccepted(HopUri uri) {
    return isInsecure ? uri.isInClear() : uri.scheme().equals("tls");
  }

  private List<ListenSpec> places(String key, Application application) {
    List<HopUri> uris = keys.list(key, PLACE, text -> place(text, application));
    List<HopUri> all =
        keys.has(key) ? uris : List.of(new HopUri(isInsecure ? "tcp" : "tls", "*", 0, Map.of()));
    return all.stream().map(uri -> listen(application, uri)).toList();
  }

  /** Whether nothing protects it, and that is only for users of a registrar that is secure. */
  private boolean isForPlainUsers(HopUri uri, Application application) {
    return !isInsecure
        && uri.isInClear()
        && application == Application.ASAP
        && !plainChannel.isEmpty();
  }

  private HopUri place(String text, Application application) {
    HopUri uri = HopUri.parse(text);
    boolean isAccepted = isAccepted(uri) || isForPlainUsers(uri, application);
    if (!isAccepted || !uri.parameters().isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return uri;
  }

  private ListenSpec listen(Application application, HopUri uri) {
    PeerSelector expected =
        application == Application.ENRP
            ? PeerSelector.anyOf(PeerRole.ENRP_SERVER)
            : PeerSelector.anyOf(PeerRole.POOL_ELEMENT, PeerRole.POOL_USER);
    String profile = isForPlainUsers(uri, application) ? plainChannel : channel;
    return RegistrarPlace.of(application, uri, profile, expected);
  }

  /**
   * After a restart of the registrar all pool elements of a peer register at once, and again when
   * the rank of its server changes.
   */
  private int registrationsAtOnce(int elements) {
    int atOnce = keys.number("registrations.at.once", 2 * elements, 1, 2 * MILLION);
    if (atOnce < elements) {
      keys.refuse(
          "registrations.at.once = %d: the elements of a peer could not all register after a restart; accepted is elements.per.peer = %d or more"
              .formatted(atOnce, elements));
    }
    return atOnce;
  }

  private AsapSettings asap() {
    int elements = keys.number("elements.per.peer", 100, 1, MILLION);
    return new AsapSettings(
        new AsapRates(
            keys.number("registrations.per.second", 20, 1, MILLION),
            registrationsAtOnce(elements),
            keys.number("resolutions.per.second", 100, 1, MILLION),
            keys.number("resolutions.at.once", 1000, 1, MILLION),
            keys.number("reports.per.second", 10, 1, MILLION)),
        elements,
        keys.number("items.most", 100, 1, MILLION),
        keys.number("items.few", 3, 1, MILLION),
        keys.number("subscriptions.most", 64, 0, MILLION),
        keys.number("reports.most", 3, 1, MILLION),
        keys.number("refusals.most", 5, 1, MILLION),
        !plainChannel.isEmpty(),
        keys.flag("private.policies", false),
        scope(),
        Optional.of(new AsapSettings.ElementChannel(channel, isInsecure)),
        timers());
  }

  private List<Prefix> scope() {
    if (!isInsecure && keys.has("scope")) {
      keys.refuse(
          "scope is for insecure = true; otherwise addresses in the file of each peer says it");
    }
    return keys.list("scope", "prefixes like 2001:db8::/48 or 192.0.2.0/24", Prefix::ofText);
  }

  private AsapTimers timers() {
    AsapTimers timers =
        AsapTimers.DEFAULT.withKeepAlive(
            Duration.ofSeconds(keys.number("keepalive.seconds", 5, 1, HOUR_SECONDS)),
            Duration.ofSeconds(keys.number("keepalive.answer.seconds", 5, 1, HOUR_SECONDS)));
    boolean isMilliseconds =
        keys.word("life.unit", "seconds", "seconds", "milliseconds").equals("milliseconds");
    return isMilliseconds ? timers.withLifeInMilliseconds() : timers;
  }

  private EnrpSettings enrp(List<TransportParameter> own) {
    int heartbeat = keys.number("heartbeat.seconds", 5, 1, HOUR_SECONDS);
    int lastHeard = keys.number("last.heard.seconds", 2 * heartbeat + 1, 2, 3 * HOUR_SECONDS);
    if (lastHeard <= heartbeat) {
      keys.refuse(
          "last.heard.seconds = %d: a registrar would be missed before its next heartbeat; accepted is more than heartbeat.seconds = %d"
              .formatted(lastHeard, heartbeat));
      lastHeard = heartbeat + 1;
    }
    int noResponse = keys.number("no.response.seconds", 3, 1, HOUR_SECONDS);
    return new EnrpSettings(
        keys.list("registrars", REGISTRAR, this::registrar),
        channel,
        isInsecure,
        own,
        EnrpTimers.of(heartbeat, lastHeard, noResponse),
        EnrpLimits.DEFAULT);
  }

  private ConnectSpec registrar(String text) {
    HopUri uri = HopUri.parse(text);
    if (!isAccepted(uri) || !Set.of("peer").containsAll(uri.parameters().keySet())) {
      throw new IllegalArgumentException(text);
    }
    Ipv6 address = unicast(uri.host());
    String peer = uri.parameters().get("peer");
    return new ConnectSpec(
        Application.ENRP,
        address,
        uri.portFor(Application.ENRP),
        channel,
        peer == null
            ? PeerSelector.anyOf(PeerRole.ENRP_SERVER)
            : PeerSelector.only(peer, PeerRole.ENRP_SERVER),
        false,
        uri.isInClear(),
        uri.transport());
  }

  private static Ipv6 unicast(String text) {
    Ipv6 address = Ipv6.ofText(text);
    if (address.isMulticast() || address.equals(Ipv6.UNSPECIFIED)) {
      throw new IllegalArgumentException(text);
    }
    return address;
  }

  /** Where it is reached: at its addresses, where it listens, by SCTP first. */
  private static List<TransportParameter> own(List<ListenSpec> places, List<Ipv6> addresses) {
    List<TransportParameter> own = new ArrayList<>();
    if (!addresses.isEmpty()) {
      port(places, HopUri.SCTP).ifPresent(at -> own.add(new SctpTransport(at, false, addresses)));
      port(places, ConnectSpec.STREAMS)
          .ifPresent(at -> addresses.forEach(each -> own.add(PortTransport.tcp(each, at))));
    }
    return own;
  }

  private static Optional<Integer> port(List<ListenSpec> places, String transport) {
    return places.stream()
        .filter(each -> each.transport().equals(transport))
        .map(ListenSpec::port)
        .findFirst();
  }

  private SpaceLimits space() {
    return new SpaceLimits(
        keys.number("pools.most", 10_000, 1, MILLION),
        keys.number("elements.most", 100_000, 1, MILLION),
        keys.number("elements.per.pool", 10_000, 1, MILLION),
        SpaceLimits.DEFAULT.elementOctets());
  }
}
