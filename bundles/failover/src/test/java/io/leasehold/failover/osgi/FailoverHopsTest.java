// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.failover.config.FailoverFile;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FailoverHopsTest {
  private static final Ipv6 PARTNER = Ipv6.ofText("2001:db8::1");

  private final FailoverLoop loop = new FailoverLoop(InstantSource.system(), System::nanoTime);
  private final List<Port> arrived = new ArrayList<>();
  private final FakeTransport transport = new FakeTransport();
  private final HeardOfPort owner = new HeardOfPort();
  private final FailoverHops hops =
      new FailoverHops(
          loop,
          PARTNER::equals,
          port -> {
            port.give(owner);
            arrived.add(port);
          });

  @AfterEach
  void close() {
    loop.close();
  }

  private static FailoverSettings settings(String name, String... more) {
    Map<String, String> keys = new HashMap<>();
    keys.put("role", "secondary");
    keys.put("partner", "tls://[2001:db8::1]");
    keys.put("channel", "pair");
    for (int i = 0; i < more.length; i += 2) {
      keys.put(more[i], more[i + 1]);
    }
    return FailoverFile.read(name, keys);
  }

  /** RFC 8156 sections 5.1 and 6.1: the secondary listens on port 647, for partners only. */
  @Test
  void aSecondaryListensForItsPartner() {
    hops.use(transport);
    hops.listen(settings("a"));

    ListenSpec spec = transport.listening.get(0);
    assertThat(spec.application()).isEqualTo(Application.FAILOVER);
    assertThat(spec.port()).isEqualTo(647);
    assertThat(spec.places()).containsExactly("*");
    assertThat(spec.inClear()).isFalse();
    assertThat(spec.expected()).isEqualTo(PeerSelector.anyOf(PeerRole.FAILOVER_PARTNER));
    assertThat(transport.users.get(0).admits(PARTNER)).isTrue();
    assertThat(transport.users.get(0).admits(Ipv6.ofText("2001:db8::9"))).isFalse();
  }

  @Test
  void severalMayListenInOnePlaceInOneWay() {
    hops.use(transport);
    hops.listen(settings("a"));
    hops.listen(settings("b"));
    assertThat(transport.listening).hasSize(1);
    assertThatThrownBy(() -> hops.listen(settings("c", "channel", "other")))
        .hasMessageContaining("listens there with channel pair");

    hops.release(settings("a"));
    assertThat(transport.listening).hasSize(1);
    hops.release(settings("b"));
    assertThat(transport.listening).isEmpty();
    hops.listen(settings("c", "channel", "other"));
    assertThat(transport.listening.get(0).channel()).isEqualTo("other");
  }

  @Test
  void placesMoveToAnotherTransport() {
    hops.listen(settings("a"));
    assertThat(hops.complaints(settings("a"))).first().asString().contains("no transport");
    hops.use(transport);
    assertThat(transport.listening).hasSize(1);
    FakeTransport better = new FakeTransport();
    hops.use(better);
    assertThat(transport.listening).isEmpty();
    assertThat(better.listening).hasSize(1);
    hops.forget(transport);
    assertThat(better.listening).as("it was another one that went").hasSize(1);
    hops.forget(better);
    assertThat(better.listening).isEmpty();
  }

  @Test
  void aPrimaryConnectsToItsPartnerAsConfigured() {
    hops.use(transport);
    FailoverSettings primary = settings("a", "role", "primary", "peer", "west");

    Port port = hops.connect(primary, owner, () -> {});

    ConnectSpec spec = transport.tried.get(0);
    assertThat(spec.remote()).isEqualTo(PARTNER);
    assertThat(spec.port()).isEqualTo(647);
    assertThat(spec.startTls()).as("RFC 7653 section 9.1").isTrue();
    assertThat(spec.inClear()).isFalse();
    assertThat(spec.expected()).isEqualTo(PeerSelector.only("west", PeerRole.FAILOVER_PARTNER));
    transport.users.get(0).ended(transport.session, "connect-failed");
    port.turn();
    assertThat(owner.heard).containsExactly("ended connect-failed");
    assertThat(port.wasOpened()).isFalse();
  }

  @Test
  void withoutATransportATryFails() {
    Port port = hops.connect(settings("a", "role", "primary"), owner, () -> {});
    port.turn();
    assertThat(owner.heard).hasSize(1).first().asString().contains("leasehold-transport-tcp");
  }

  @Test
  void aSessionThatIsMadeInAnotherWayIsConnectedAnew() {
    hops.use(transport);
    List<String> renewed = new ArrayList<>();
    hops.connect(settings("a", "role", "primary"), owner, () -> renewed.add("again"));
    transport.users.get(0).outdated(transport.session);
    assertThat(renewed).hasSize(1);
  }

  @Test
  void eachAcceptedSessionIsAPort() {
    hops.use(transport);
    hops.listen(settings("a"));
    FakeSession other = new FakeSession();
    transport.users.get(0).opened(transport.session);
    transport.users.get(0).opened(other);
    transport.users.get(0).message(other, Bytes.of(0xff));
    transport.users.get(0).ended(transport.session, "closed");

    assertThat(arrived).hasSize(2).extracting(Port::number).doesNotHaveDuplicates();
    while (arrived.get(1).turn()) {
      // All of the second.
    }
    assertThat(owner.heard).containsExactly("opened", "frame 255");
    while (arrived.get(0).turn()) {
      // And of the first.
    }
    assertThat(owner.heard).endsWith("opened", "ended closed");
  }
}
