// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.hunt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.HandleResolution;
import io.leasehold.rserpool.wire.asap.ServerAnnounce;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import io.leasehold.rserpool.wire.parameter.SctpTransport;
import io.leasehold.rserpool.wire.parameter.TransportParameter;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is heard of registrars from anybody (RFC 5352 section 3.6, RFC 5355 section 2.12). */
final class AnnouncementsTest extends HuntGround {
  private static final Ipv6 SOURCE = Ipv6.ofText("fe80::1");

  private Announcements announcements;

  private void listen(KnownRegistrar... configured) {
    HuntSettings settings =
        new HuntSettings(
            List.of(configured),
            HuntSettings.FIRST_ROUND,
            HuntSettings.LONGEST_ROUND,
            HuntSettings.DISTRUST,
            HuntSettings.OUTDATE,
            Optional.of(new HuntSettings.Announced(List.of("eth0"), "pools")));
    hunt = new RegistrarHunt(settings, connections, new Homes(), new Random(1), now);
    announcements = new Announcements(settings, hunt, now);
    hunt.start(now);
  }

  private static Bytes announcement(TransportParameter... transports) {
    return new ServerAnnounce(0x11111111L, List.of(transports)).encode();
  }

  private static TransportParameter tcp(String address) {
    return PortTransport.tcp(Ipv6.ofText(address), 3864);
  }

  private long count(String name) {
    return announcements.counters().get(name);
  }

  @Test
  @DisplayName(
      "P-059 P-065 a registrar that is nowhere configured is found, and has to prove itself")
  void anAnnouncedRegistrarIsFound() {
    listen();
    assertThat(hunt.alarms())
        .containsExactly("no registrar is home, the hunt goes on; none is announced");

    announcements.heard(SOURCE, announcement(tcp("192.0.2.9")), now);

    assertThat(connections.asked()).containsExactly("192.0.2.9");
    assertThat(connections.specs().get(0).inClear()).isFalse();
    assertThat(connections.specs().get(0).channel()).isEqualTo("pools");
    assertThat(connections.specs().get(0).expected())
        .isEqualTo(PeerSelector.anyOf(PeerRole.ENRP_SERVER));
    open("192.0.2.9");
    assertThat(heard).containsExactly("found 192.0.2.9");
  }

  @Test
  @DisplayName("P-163 an announcement that lies leads nowhere, and is not tried again at once")
  void aLieLeadsNowhere() {
    listen();
    announcements.heard(SOURCE, announcement(tcp("192.0.2.66")), now);
    hunt.opened(connections.to("192.0.2.66"), RecordedConnections.unproved("192.0.2.66"), now);
    connections.asked();

    for (int i = 0; i < 50; i++) {
      pass(1);
      announcements.heard(SOURCE, announcement(tcp("192.0.2.66")), now);
    }

    assertThat(heard).isEmpty();
    assertThat(hunt.hasHome()).isFalse();
    assertThat(connections.asked()).isEmpty();
  }

  @Test
  @DisplayName("P-067 what nothing protects, or is no host, is not tried")
  void whatCannotBeProtectedIsNotTried() {
    listen();

    announcements.heard(SOURCE, announcement(), now);
    announcements.heard(
        SOURCE,
        announcement(
            new SctpTransport(3863, false, List.of(Ipv6.ofText("192.0.2.9"))),
            tcp("ff02::1"),
            tcp("fe80::9"),
            tcp("::"),
            PortTransport.tcp(Ipv6.ofText("192.0.2.9"), 0)),
        now);

    assertThat(connections.asked()).isEmpty();
    assertThat(count("announcements-unusable")).isEqualTo(2);
  }

  @Test
  void whatIsNoAnnouncementIsCounted() {
    listen();

    announcements.heard(SOURCE, Bytes.EMPTY, now);
    announcements.heard(SOURCE, Bytes.ofHex("0a000009"), now);
    announcements.heard(
        SOURCE,
        new HandleResolution(false, PoolHandle.of("a"), OptionalLong.empty()).encode(),
        now);

    assertThat(count("announcements-invalid")).isEqualTo(3);
    assertThat(connections.asked()).isEmpty();
  }

  @Test
  @DisplayName("P-163 of a flood a hundred are looked at in a second, and 32 places remembered")
  void aFloodIsCut() {
    listen(place(1));
    for (int i = 0; i < 10_000; i++) {
      announcements.heard(
          SOURCE, announcement(tcp("198.51." + i / 250 + "." + (i % 250 + 1))), now);
    }

    assertThat(hunt.contacts(now, Instant.EPOCH)).hasSize(1 + RegistrarHunt.MOST_ANNOUNCED);
    assertThat(count("announcements-heard")).isEqualTo(10_000);
    assertThat(count("announcements-too-many")).isEqualTo(10_000 - 100);
    assertThat(count("announcements-no-room")).isEqualTo(100 - RegistrarHunt.MOST_ANNOUNCED);
    assertThat(connections.asked()).contains(address(1));

    now += SECOND;
    announcements.heard(SOURCE, announcement(tcp(address(1))), now);
    assertThat(count("announcements-too-many")).as("there is time again").isEqualTo(10_000 - 100);
  }

  @Test
  @DisplayName("P-163 one announcement has four places at most")
  void placesOfOneAreFew() {
    listen();
    announcements.heard(
        SOURCE,
        announcement(
            IntStream.rangeClosed(1, 100)
                .mapToObj(i -> tcp("203.0.113." + i))
                .toArray(TransportParameter[]::new)),
        now);

    assertThat(hunt.contacts(now, Instant.EPOCH)).hasSize(4);
  }

  @Test
  void nothingIsHeardUnlessItIsWanted() {
    hunt(1);
    connections.asked();
    HuntSettings deaf = HuntSettings.of(List.of(place(1)), HuntSettings.FIRST_ROUND);
    announcements = new Announcements(deaf, hunt, now);

    announcements.heard(SOURCE, announcement(tcp("192.0.2.9")), now);

    assertThat(connections.asked()).isEmpty();
    assertThat(count("announcements-heard")).isZero();
    assertThatThrownBy(() -> HuntSettings.of(List.of(), HuntSettings.FIRST_ROUND))
        .hasMessageContaining("no registrar is configured");
  }

  @Test
  void whatAnybodyMaySayIsNotBelievedInClear() {
    List<String> refused = new ArrayList<>();
    KnownRegistrar clear = KnownRegistrar.parse("tcp://192.0.2.1", "clear");

    HuntSettings.Announced.of(List.of("eth0"), "", List.of(clear), refused::add);

    assertThat(refused).hasSize(2);
    assertThat(refused.get(0)).contains("announcements").contains("channel is missing");
    assertThat(refused.get(1)).contains("registrars are in clear").contains("accepted are tls://");
    assertThat(HuntSettings.Announced.of(List.of(), "", List.of(clear), refused::add)).isEmpty();
  }
}
