// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopTransport;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.Link;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Family;
import io.leasehold.security.Channel;
import io.leasehold.security.ChannelProfile;
import io.leasehold.security.ChannelProfile.PostQuantum;
import io.leasehold.security.ChannelProfile.Revocation;
import io.leasehold.security.ChannelStatus;
import io.leasehold.security.Channels;
import io.leasehold.security.Health;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Listeners of hops: what they need is there, or they are closed and say why. */
class HopBindingsTest {
  private final HopBindings hops = new HopBindings();
  private final Profiles profiles = new Profiles();
  private final Streams streams = new Streams();

  /** Channels by the provider of their profile. */
  private static final class Profiles implements Channels {
    private final Map<String, String> providers = new HashMap<>(Map.of("hq", "tls-psk"));

    @Override
    public Channel channel(String name) {
      return (Channel)
          Proxy.newProxyInstance(
              Channel.class.getClassLoader(),
              new Class<?>[] {Channel.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "profile" -> Optional.ofNullable(providers.get(name)).map(this::profile);
                    case "health" -> Health.unusable("there is no profile " + name);
                    default -> throw new UnsupportedOperationException(method.getName());
                  });
    }

    private ChannelProfile profile(String provider) {
      return new ChannelProfile(
          "hq",
          provider,
          false,
          PostQuantum.PREFER,
          List.of(),
          "",
          Revocation.SOFT,
          Duration.ofSeconds(10),
          Map.of());
    }

    @Override
    public List<ChannelStatus> status() {
      return List.of();
    }
  }

  /** The transport for {@code tls} and {@code tcp}. */
  private static final class Streams implements HopTransport {
    private final List<ListenSpec> open = new ArrayList<>();

    @Override
    public String name() {
      return "tcp";
    }

    @Override
    public Binding listen(ListenSpec spec, Inbound inbound) {
      open.add(spec);
      return new Binding() {
        @Override
        public List<EndpointStatus> endpoints() {
          return List.of(
              new EndpointStatus(
                  spec.application().family(),
                  "",
                  "::",
                  spec.port(),
                  EndpointStatus.State.LISTENING,
                  ""));
        }

        @Override
        public Map<String, Long> counters() {
          return Map.of("accepted", 1L);
        }

        @Override
        public void close() {
          open.remove(spec);
        }
      };
    }

    @Override
    public Link connect(ConnectSpec spec, Inbound inbound) {
      throw new UnsupportedOperationException("a server connects nowhere");
    }

    @Override
    public List<LinkStatus> links() {
      return List.of();
    }

    @Override
    public boolean drain(String id) {
      return false;
    }
  }

  private void listen(String uri, List<HopTransport> transports) {
    HopSettings.Listener listener =
        new HopSettings.Listener(HopUri.parse(uri), List.of(Family.values()), "hq");
    hops.listen(
        List.of(listener),
        EnumSet.allOf(Family.class),
        new HopBindings.Around(transports, profiles),
        (scheme, family) -> (message, path) -> {});
  }

  @Test
  void everyFamilyHasItsPort() {
    listen("tls://*", List.of(streams));

    assertThat(streams.open).extracting(ListenSpec::port).containsExactlyInAnyOrder(547, 67);
    assertThat(streams.open).extracting(ListenSpec::channel).containsOnly("hq");
    assertThat(hops.obstacles()).isEmpty();
    assertThat(hops.endpoints().get("tls")).hasSize(2);
    assertThat(hops.counters()).containsEntry("hop-tls-accepted", 2L);
  }

  @Test
  void familyThatIsNotServedIsNotListenedFor() {
    hops.listen(
        List.of(new HopSettings.Listener(HopUri.parse("tls://*"), List.of(Family.values()), "hq")),
        Set.of(Family.IPV6),
        new HopBindings.Around(List.of(streams), profiles),
        (scheme, family) -> (message, path) -> {});

    assertThat(streams.open).extracting(ListenSpec::port).containsExactly(547);
  }

  @Test
  void withoutATransportItSaysWhichFeatureHasOne() {
    listen("dtls://*", List.of(streams));

    assertThat(streams.open).isEmpty();
    assertThat(hops.obstacles())
        .hasSize(2)
        .allMatch(line -> line.contains("feature:install leasehold-transport-dtls"));
  }

  @Test
  void whatIsOpenStaysOpenAndClosesWithItsTransport() {
    listen("tls://*", List.of(streams));
    List<ListenSpec> before = List.copyOf(streams.open);
    listen("tls://*", List.of(streams));
    assertThat(streams.open).isEqualTo(before);

    listen("tls://*", List.of());
    assertThat(streams.open).isEmpty();
    assertThat(hops.obstacles()).hasSize(2);
  }

  /** Nothing goes on in a weaker way when the profile becomes one. */
  @Test
  void profileThatTurnsToNothingClosesTheListener() {
    listen("tls://*", List.of(streams));
    profiles.providers.put("hq", "none");

    listen("tls://*", List.of(streams));

    assertThat(streams.open).isEmpty();
    assertThat(hops.obstacles()).allMatch(line -> line.contains("protects nothing"));
    listen("tcp://*", List.of(streams));
    assertThat(streams.open).hasSize(2);
  }

  @Test
  void profileThatIsNotThereIsTold() {
    profiles.providers.clear();

    listen("tls://*", List.of(streams));

    assertThat(streams.open).isEmpty();
    assertThat(hops.obstacles()).allMatch(line -> line.contains("there is no profile hq"));
  }
}
