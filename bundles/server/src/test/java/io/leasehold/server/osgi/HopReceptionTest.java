// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.RelayChain;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Peer;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.relay.Peers;
import io.leasehold.server.relay.Peers.HopWay;
import io.leasehold.server.relay.RelayGate;
import io.leasehold.server.relay.RelaysSeen;
import io.leasehold.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From a hop through the lanes and back over the hop. */
class HopReceptionTest {
  private static final Peer R17 = Peers.keyed("r17", "2001:db8:1::/64");

  private final Counters counters = new Counters();
  private final RelaysSeen seen =
      new RelaysSeen(InstantSource.system(), (kind, subject, detail) -> {});
  private final RelayGate gate = new RelayGate(RelayGate.Settings.USUAL, seen, counters);
  private Engine engine;

  @BeforeEach
  void start() throws IOException {
    engine =
        new Engine(
            new Engine.Size(1, 16, Limits.NONE),
            counters,
            InstantSource.system(),
            changes -> {},
            new Prober(() -> null, counters));
    gate.follow(List.of(R17), null, Peers.authorizer(R17));
    engine.load(
        new HeldStore(),
        EngineTest.regime("2001:db8:%d::/64", 1, counters),
        word -> StandardPolicies.named(word).orElseThrow());
  }

  @AfterEach
  void stop() {
    engine.close();
  }

  private static Bytes relayed(String link) {
    Options options = Options.builder().add(9, Wire.solicit(1)).build();
    return RelayMessage.forward(0, Ipv6.ofText(link), Ipv6.ofText("fe80::c"), options).encode();
  }

  @Test
  void answerGoesBackOverTheHop() {
    HopWay way = HopWay.of(R17);

    engine.inbound(Family.IPV6, gate.hop("tls")).message(relayed("2001:db8:1::1"), way);

    Await.until(Duration.ofSeconds(20), () -> way.answers().size() == 1);
    RelayChain answer = RelayChain.decode(way.answers().get(0));
    assertThat(answer.message().type()).isEqualTo(Dhcp6MessageType.ADVERTISE);
    assertThat(seen.relays())
        .singleElement()
        .satisfies(
            relay -> {
              assertThat(relay.peer()).isEqualTo("r17");
              assertThat(relay.carrier()).isEqualTo("tls");
              assertThat(relay.assurance().confidential()).isTrue();
            });
  }

  @Test
  void otherLinksAndOtherWaysAreRefused() {
    HopWay way = HopWay.of(R17);
    HopWay plain = HopWay.inClear();

    engine.inbound(Family.IPV6, gate.hop("tls")).message(relayed("2001:db8:2::1"), way);
    engine.inbound(Family.IPV6, gate.datagrams(547)).message(relayed("2001:db8:1::1"), plain);
    engine.inbound(Family.IPV6, gate.hop("tls")).message(Wire.solicit(1), way);

    assertThat(counters.snapshot())
        .containsEntry("pkt6-drop-relay-link", 1L)
        .containsEntry("pkt6-drop-relay-unprotected", 1L)
        .containsEntry("pkt6-drop-hop-message", 1L)
        .containsEntry("pkt6-receive-drop", 3L);
    assertThat(engine.queued()).isZero();
    assertThat(way.answers()).isEmpty();
    assertThat(plain.answers()).isEmpty();
  }
}
