// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Family;
import io.leasehold.server.protocol.LogNames;
import io.leasehold.server.protocol.Patience;
import io.leasehold.server.relay.RelayGate;
import io.leasehold.server.relay.RelayPolicy;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What operators write about relay agents and clients, and what they are told if it is wrong. */
class ServerSettingsTest {
  private static final Path NOWHERE = Path.of("nowhere");

  private static ServerSettings settings(Map<String, Object> keys) {
    ServerConfig config =
        (ServerConfig)
            Proxy.newProxyInstance(
                ServerConfig.class.getClassLoader(),
                new Class<?>[] {ServerConfig.class},
                (proxy, method, arguments) ->
                    keys.getOrDefault(method.getName(), method.getDefaultValue()));
    return ServerSettings.from(config, NOWHERE, NOWHERE);
  }

  private static void refuses(Map<String, Object> keys, String... words) {
    assertThatThrownBy(() -> settings(keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void withoutAWordEverybodyMaySpeakAndNothingIsKept() {
    ServerSettings usual = settings(Map.of());

    assertThat(usual.hops()).isEqualTo(HopSettings.NONE);
    assertThat(usual.hops().gate()).isEqualTo(RelayGate.Settings.USUAL);
    assertThat(usual.hops().gate().accessInClear()).isFalse();
    assertThat(usual.privacy()).isEqualTo(new Privacy(60, LogNames.Policy.HASH));
  }

  @Test
  void hopsHaveTheirFamiliesAndChannels() {
    HopSettings hops =
        settings(
                Map.of(
                    "listen",
                    "tls://* dtls://*:1547?family=v6&channel=old",
                    "channel",
                    "relays",
                    "relay_policy",
                    "protected",
                    "relay_layer2",
                    "ignore"))
            .hops();

    assertThat(hops.listeners())
        .extracting(HopSettings.Listener::channel)
        .containsExactly("relays", "old");
    assertThat(hops.listeners().get(0).families()).containsExactly(Family.values());
    assertThat(hops.listeners().get(1).families()).isEqualTo(List.of(Family.IPV6));
    assertThat(hops.gate()).isEqualTo(new RelayGate.Settings(RelayPolicy.PROTECTED, false, false));
  }

  @Test
  void aHopWithoutProtectionIsNeverTakenForOneWith() {
    refuses(Map.of("listen", "tls://*"), "listen = tls://*", "set the key channel");
    refuses(
        Map.of("listen", "udp://*", "channel", "relays"), "udp://*", "tls://, dtls:// or tcp://");
    refuses(
        Map.of("listen", "sctp://*", "channel", "relays"), "sctp://*", "tls://, dtls:// or tcp://");
  }

  @Test
  void howMuchIsBorneOfInterceptorsCanBeSaid() {
    assertThat(settings(Map.of()).patience()).isEqualTo(Patience.USUAL);
    assertThat(
            settings(Map.of("interceptor_budget_millis", 20, "interceptor_failures", 1)).patience())
        .isEqualTo(new Patience(Duration.ofMillis(20), 1));
  }

  @Test
  void whatIsNotUnderstoodIsRefusedWithWhatIs() {
    refuses(Map.of("listen", "tls://*:1547", "channel", "relays"), "?family=v4 or ?family=v6");
    refuses(Map.of("listen", "tls://*?famly=v4", "channel", "relays"), "channel and family only");
    refuses(Map.of("relay_policy", "closed"), "relay.policy = closed", "open, listed or protected");
    refuses(Map.of("relay_layer2", "maybe"), "relay.layer2 = maybe", "trust or ignore");
    refuses(
        Map.of("interceptor_budget_millis", 0, "interceptor_failures", 0),
        "interceptor.budget.millis = 0, accepted: 1 to 10000",
        "interceptor.failures = 0, accepted: 1 or more");
    refuses(Map.of("interceptor_budget_millis", 10_001), "interceptor.budget.millis = 10001");
    refuses(Map.of("privacy_purge_seconds", 5), "privacy.purge.seconds = 5", "10 to 86400");
    refuses(
        Map.of("privacy_log_identifiers", "some"),
        "privacy.log.identifiers = some",
        "hash, full or none");
  }
}
