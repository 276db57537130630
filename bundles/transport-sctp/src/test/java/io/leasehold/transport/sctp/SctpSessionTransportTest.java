// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.sctp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.leasehold.hop.Application;
import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopLimits;
import io.leasehold.hop.HopUri;
import io.leasehold.hop.LinkStatus;
import io.leasehold.hop.ListenSpec;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Carrier;
import io.leasehold.security.PeerRole;
import io.leasehold.security.PeerSelector;
import io.leasehold.testkit.Await;
import io.leasehold.testkit.hop.RecordedSessions;
import io.leasehold.testkit.hop.TestChannels;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.connection.ConnectionLimits;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The transport with a kernel of the test, so that nothing of this needs SCTP. */
final class SctpSessionTransportTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Bytes MESSAGE = Bytes.ofHex("05010004");
  private static final HopLimits LIMITS =
      new HopLimits(
          4, 2, 2, Duration.ofMinutes(5), Duration.ofSeconds(5), Duration.ZERO, Duration.ZERO);

  private final TestChannels channels = new TestChannels("host", Carrier.NETWORK);
  private final RecordedSessions user = new RecordedSessions();
  private final FakeSockets kernel = new FakeSockets();
  private SctpSessionTransport transport =
      new SctpSessionTransport(channels, QuickSctp.QUICK, kernel);

  @AfterEach
  void close() {
    transport.close();
  }

  private static ListenSpec listen(String uri, List<String> places) {
    HopUri hop = HopUri.parse(uri);
    return new ListenSpec(
        Application.ASAP,
        places,
        hop.portFor(Application.ASAP),
        TestChannels.PROFILE,
        PeerSelector.anyOf(PeerRole.POOL_ELEMENT),
        LIMITS,
        hop.isInClear(),
        hop.transport());
  }

  private static ConnectSpec to(Application application, String uri, boolean startTls) {
    HopUri hop = HopUri.parse(uri);
    return new ConnectSpec(
        application,
        Ipv6.ofText(hop.host()),
        hop.portFor(application),
        TestChannels.PROFILE,
        PeerSelector.anyOf(PeerRole.ENRP_SERVER),
        startTls,
        hop.isInClear(),
        hop.transport());
  }

  private FakeSockets.FakeDoor door(int number) {
    Await.until(PATIENCE, () -> kernel.doors.size() >= number);
    return kernel.doors.get(number - 1);
  }

  private FakeWire arrives(FakeSockets.FakeDoor door, String... remotes) {
    FakeWire wire = FakeWire.between("127.0.0.1", remotes);
    wire.peerEndsToo = true;
    transport.loop().await(() -> door.arrived.accept(wire));
    return wire;
  }

  private void says(FakeWire wire, Bytes message) {
    transport
        .loop()
        .await(() -> wire.association.received(ByteBuffer.wrap(message.toArray()), true, 11));
  }

  /** P-031: what chooses the carrier is the scheme, and that is what the specifications say. */
  @Test
  void theSchemeChoosesTheTransport() {
    assertThat(listen("sctp://*", List.of("*")).transport()).isEqualTo(SctpSessionTransport.NAME);
    ConnectSpec spec = to(Application.ENRP, "sctp://[2001:db8::1]", false);
    assertThat(spec.transport()).isEqualTo(SctpSessionTransport.NAME);
    assertThat(spec.inClear()).isTrue();
    assertThat(spec.port()).isEqualTo(9901);
    assertThat(to(Application.ASAP, "tls://[2001:db8::1]", false).transport()).isEqualTo("tcp");
  }

  @Test
  void whatSctpDoesNotCarryOrProtectIsRefused() {
    assertThatThrownBy(
            () -> transport.connect(to(Application.ASAP, "tls://192.0.2.1", false), user))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SCTP protects nothing; use tls://");
    assertThatThrownBy(() -> transport.accept(listen("tls://*", List.of("192.0.2.1")), false, user))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SCTP protects nothing; use tls://");
    assertThatThrownBy(
            () -> transport.connect(to(Application.FAILOVER, "sctp://192.0.2.1", false), user))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("dhcp-failover/1 does not go over SCTP");
    assertThatThrownBy(
            () -> transport.connect(to(Application.ASAP, "sctp://192.0.2.1", true), user))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no message that asks for TLS");
    assertThat(transport.links()).isEmpty();
  }

  /** Provider {@code none}, acknowledged, or nothing: not even a socket is made. */
  @Test
  void nothingIsSentByAChannelThatProtects() {
    TestChannels secure = new TestChannels("host", Carrier.STREAM);
    try (SctpSessionTransport strict = new SctpSessionTransport(secure, QuickSctp.QUICK, kernel)) {
      strict.connect(to(Application.ASAP, "sctp://192.0.2.1", false), user);
      assertThat(user.awaitEnded(1))
          .isEqualTo("channel-down: channel test protects hops; use tls:// with it");
      Binding binding = strict.accept(listen("sctp://*", List.of("127.0.0.1")), false, user);
      FakeSockets.FakeDoor door = door(1);
      Await.until(PATIENCE, () -> !door.open.isEmpty());
      assertThat(binding.endpoints())
          .extracting(EndpointStatus::reason)
          .containsExactly(
              "closes every connection: channel test protects hops; use tls:// with it");
      FakeWire wire = FakeWire.between("127.0.0.1", "127.0.0.2");
      strict.loop().await(() -> door.arrived.accept(wire));
      assertThat(wire.isClosed).isTrue();
      assertThat(user.opened()).isEmpty();
    }
    assertThat(kernel.dialled).isEmpty();
  }

  /** P-202: nobody is harmed, who asks is told, and what comes later is used. */
  @Test
  void withoutSctpTheReasonIsToldAndItIsTriedAgain() {
    kernel.absence = "the kernel has no SCTP";
    assertThat(transport.absence()).hasValue("the kernel has no SCTP");
    Binding binding = transport.accept(listen("sctp://*", List.of("127.0.0.1")), false, user);
    transport.connect(to(Application.ASAP, "sctp://127.0.0.1", false), user);

    assertThat(user.awaitEnded(1))
        .isEqualTo("connect-failed: cannot connect: the kernel has no SCTP");
    Await.until(
        PATIENCE,
        () -> binding.endpoints().stream().anyMatch(each -> each.reason().contains("no SCTP")));
    assertThat(binding.endpoints())
        .extracting(EndpointStatus::state)
        .containsExactly(EndpointStatus.State.RETRYING);
    assertThat(binding.counters().get("endpoint-open-failed")).isPositive();

    kernel.absence = "";
    Await.until(
        PATIENCE,
        () ->
            binding.endpoints().stream()
                .allMatch(each -> each.state() == EndpointStatus.State.LISTENING));
    transport.connect(to(Application.ASAP, "sctp://127.0.0.1", false), user);
    user.awaitOpened(1);
  }

  /** Multi-homing: one socket for all places, so that an association has all paths. */
  @Test
  void allPlacesAreOneSocket() {
    kernel.unbindable = "127.0.0.3";
    Binding binding =
        transport.accept(
            listen("sctp://*", List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")), false, user);
    assertThat(binding.endpoints()).as("from the beginning").hasSize(3);
    Await.until(PATIENCE, () -> door(1).open.size() == 2);
    assertThat(binding.endpoints())
        .filteredOn(each -> each.state() == EndpointStatus.State.RETRYING)
        .extracting(EndpointStatus::address, EndpointStatus::reason)
        .containsExactly(tuple("127.0.0.3", "Cannot assign requested address"));
    kernel.unbindable = "";
    Await.until(PATIENCE, () -> door(1).open.size() == 3);
    assertThat(kernel.doors).hasSize(1);
    binding.close();
    assertThat(door(1).isClosed).isTrue();
  }

  @Test
  void theAddressesOfTheTransportAreUsedEverywhere() {
    transport.close();
    transport =
        new SctpSessionTransport(
            channels, QuickSctp.with(SctpSettings.addresses("127.0.0.1 127.0.0.2")), kernel);
    transport.accept(listen("sctp://*", List.of("*")), false, user);
    transport.connect(to(Application.ENRP, "sctp://127.0.0.9", false), user);
    user.awaitOpened(1);
    assertThat(kernel.dialled).hasSize(1).first().asString().endsWith("-> 127.0.0.9 9901");
    assertThat(kernel.dialled.get(0)).contains("127.0.0.1", "127.0.0.2");
    Await.until(PATIENCE, () -> door(1).open.size() == 2);
    assertThat(kernel.places().get(0)).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2");
  }

  @Test
  void anAddressThatIsNotExpectedIsNotRead() {
    user.admitOnly(Ipv6.ofText("127.0.0.2"));
    Binding binding = transport.accept(listen("sctp://*", List.of("127.0.0.1")), false, user);
    assertThat(arrives(door(1), "127.0.0.3", "127.0.0.2").isClosed)
        .as("another address that it claims is of no use")
        .isTrue();
    assertThat(arrives(door(1), "127.0.0.2", "127.0.0.3").isClosed).isFalse();
    assertThat(binding.counters().get("refused-address")).isEqualTo(1);
  }

  @Test
  void ofAnAddressTheOldestThatSaysNothingGoesAndThoseWhoSpokeStay() {
    Binding binding = transport.accept(listen("sctp://*", List.of("127.0.0.1")), false, user);
    FakeWire spoke = arrives(door(1), "127.0.0.2");
    says(spoke, MESSAGE);
    FakeWire first = arrives(door(1), "127.0.0.2");
    FakeWire second = arrives(door(1), "127.0.0.2");
    FakeWire third = arrives(door(1), "127.0.0.2");
    assertThat(first.isClosed).isTrue();
    assertThat(List.of(spoke, second, third)).noneMatch(each -> each.isClosed);
    assertThat(binding.counters().get("displaced")).isEqualTo(1);

    says(second, MESSAGE);
    says(third, MESSAGE);
    assertThat(spoke.isShutDown).as("a peer has only so many").isTrue();
    assertThat(binding.counters().get("replaced-by-newer")).isEqualTo(1);
    assertThat(transport.links())
        .extracting(LinkStatus::state)
        .containsOnly(LinkStatus.State.UP)
        .hasSize(2);
  }

  @Test
  void whoBeginsTooOftenIsRefused() {
    transport.close();
    SctpSettings usual = SctpSettings.USUAL;
    ConnectionLimits limits = new ConnectionLimits(256, 1 << 20, 32 << 20, 1, 1000);
    transport =
        new SctpSessionTransport(
            channels, new SctpSettings(List.of(), limits, usual.connect(), usual.rescan()), kernel);
    Binding binding = transport.accept(listen("sctp://*", List.of("127.0.0.1")), false, user);
    for (int i = 0; i < 20; i++) {
      arrives(door(1), "127.0.0.9");
    }
    assertThat(binding.counters().get("refused-handshake-rate")).isPositive();
    assertThat(arrives(door(1), "127.0.0.8").isClosed).as("another address").isFalse();
  }

  @Test
  void operatorsCanEndOne() {
    transport.accept(listen("sctp://*", List.of("127.0.0.1")), false, user);
    FakeWire wire = arrives(door(1), "127.0.0.2");
    says(wire, MESSAGE);
    LinkStatus link = transport.links().get(0);
    assertThat(link.transport()).isEqualTo("sctp");
    assertThat(link.remote()).isEqualTo("127.0.0.2:40000");
    assertThat(transport.drain("sctp-99")).isFalse();
    assertThat(transport.drain(link.id())).isTrue();
    assertThat(user.awaitEnded(1)).startsWith("drained");
    assertThat(wire.isShutDown).isTrue();
  }

  @Test
  void allEndsWithTheTransport() {
    transport.accept(listen("sctp://*", List.of("127.0.0.1")), false, user);
    FakeWire wire = arrives(door(1), "127.0.0.2");
    says(wire, MESSAGE);
    transport.connect(to(Application.ASAP, "sctp://127.0.0.9", false), user);
    user.awaitOpened(2);
    transport.close();
    assertThat(user.ended()).hasSize(2).allMatch(each -> each.startsWith("closed: "));
    assertThat(wire.isShutDown).as("in good order").isTrue();
    assertThat(wire.isClosed).isTrue();
    assertThat(channels.listeners()).isZero();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(each -> each.contains("leasehold-sctp"));
  }

  @Test
  void addressesAreReadOrRefused() {
    assertThat(SctpSettings.addresses("")).isEmpty();
    assertThat(SctpSettings.addresses(" 192.0.2.1  2001:db8::1 "))
        .containsExactly(Ipv6.ofText("192.0.2.1"), Ipv6.ofText("2001:db8::1"));
    assertThatThrownBy(() -> SctpSettings.addresses("192.0.2.1 eth0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'eth0' is no address");
  }
}
