// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.MalformedPacketException;
import io.leasehold.codec.MalformedReason;
import io.leasehold.configuration.Keys;
import io.leasehold.hop.Application;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Arrival.Side;
import io.leasehold.security.Assurance;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class IntakeTest {
  private static final Bytes MESSAGE = Bytes.of(1, 2, 3, 4);
  private static final Effect PASSED = new Effect.Remember("passed");

  private final Tally tally = new Tally();

  /** Passes everything but what begins with 255 (no message) or 254 (a defect). */
  private static final class Passing implements Agent {
    @Override
    public Application application() {
      return Application.DHCPV6_RELAY;
    }

    @Override
    public List<Ipv6> groups() {
      return List.of();
    }

    @Override
    public boolean isForUs(Bytes message) {
      return false;
    }

    @Override
    public boolean begins(Bytes message) {
      return false;
    }

    @Override
    public List<Effect> arrived(Bytes message, Arrival arrival, long nowMillis) {
      if (message.at(0) == 255) {
        throw new MalformedPacketException(MalformedReason.TRUNCATED, 0);
      }
      if (message.at(0) == 254) {
        throw new IllegalStateException("a defect");
      }
      return List.of(PASSED);
    }

    @Override
    public Bytes withoutAccessIdentifiers(Bytes message) {
      return message;
    }

    @Override
    public void learnFrom(Agent before) {
      // It learns nothing.
    }

    @Override
    public Optional<Ipv6> linkAddress(String interfaceName) {
      return Optional.empty();
    }
  }

  private Intake intake(String... lines) {
    Map<String, String> file = new HashMap<>();
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      file.put(parts[0], parts[1]);
    }
    return new Intake(new Passing(), SettingsReader.read("test", Keys.of(file)), tally);
  }

  private static Arrival from(Side side, String interfaceName, String address) {
    return new Arrival(
        side,
        interfaceName,
        List.of(),
        Ipv6.UNSPECIFIED,
        Ipv6.ofText(address),
        546,
        Optional.empty(),
        Assurance.NONE);
  }

  private static int passed(Intake intake, Arrival arrival, int messages, long nowMillis) {
    int passed = 0;
    for (int i = 0; i < messages; i++) {
      passed += intake.arrived(MESSAGE, arrival, nowMillis).contains(PASSED) ? 1 : 0;
    }
    return passed;
  }

  @Test
  void anInterfaceSendsWhatItMayAndNotMore() {
    Intake intake = intake("rate.interface = 10", "rate.interface.burst = 5");

    assertThat(passed(intake, from(Side.CLIENTS, "eth1", "fe80::1"), 20, 1000)).isEqualTo(5);
    assertThat(passed(intake, from(Side.CLIENTS, "eth2", "fe80::1"), 20, 1000)).isEqualTo(5);
    assertThat(passed(intake, from(Side.CLIENTS, "eth1", "fe80::2"), 20, 1300)).isEqualTo(3);
    assertThat(tally.values()).containsEntry("received", 60L);
    assertThat(intake.arrived(MESSAGE, from(Side.CLIENTS, "eth1", "fe80::1"), 1300))
        .containsExactly(new Effect.Drop(CommonDrop.RATE_INTERFACE));
  }

  @Test
  void aFloodOfOneClientLeavesRoomForOthers() {
    Intake intake =
        intake(
            "rate.interface = 100",
            "rate.interface.burst = 10",
            "rate.client = 1",
            "rate.client.burst = 2");

    assertThat(passed(intake, from(Side.CLIENTS, "eth1", "fe80::1"), 1000, 0)).isEqualTo(2);
    assertThat(intake.arrived(MESSAGE, from(Side.CLIENTS, "eth1", "fe80::1"), 0))
        .containsExactly(new Effect.Drop(CommonDrop.RATE_CLIENT));
    assertThat(passed(intake, from(Side.CLIENTS, "eth1", "fe80::2"), 1, 0)).isEqualTo(1);
  }

  @Test
  void whatServersSayIsNotLimited() {
    Intake intake = intake("rate.interface = 1", "rate.client = 1");

    assertThat(passed(intake, from(Side.UPSTREAM, "eth0", "fe80::1"), 500, 0)).isEqualTo(500);
    assertThat(passed(intake, from(Side.BELOW, "", "fe80::1"), 500, 0)).isEqualTo(500);
  }

  @Test
  void theMemoryOfSendersIsBounded() {
    RateLimit limit = new RateLimit(1, 1, 100);
    for (int i = 0; i < 10_000; i++) {
      assertThat(limit.admits(i, 0)).isTrue();
    }

    assertThat(limit.senders()).isEqualTo(100);
    assertThat(limit.admits(9_999, 0)).isFalse();
  }

  @Test
  void aClockThatGoesBackTakesNothingAway() {
    RateLimit limit = new RateLimit(10, 2, 10);
    assertThat(limit.admits("a", 1_000_000)).isTrue();

    assertThat(limit.admits("a", 0)).isTrue();
    assertThat(limit.admits("a", 0)).isFalse();
    assertThat(limit.admits("a", 100)).isTrue();
  }

  @Test
  void whatIsTooLargeOrNoMessageIsDropped() {
    Intake intake = intake("message.max = 600");
    Arrival arrival = from(Side.CLIENTS, "eth1", "fe80::1");

    assertThat(intake.arrived(Bytes.wrap(new byte[601]), arrival, 0))
        .containsExactly(new Effect.Drop(CommonDrop.TOO_LARGE));
    assertThat(intake.arrived(Bytes.wrap(new byte[600]), arrival, 0)).containsExactly(PASSED);
    assertThat(intake.arrived(Bytes.of(255), arrival, 0))
        .containsExactly(new Effect.Drop(CommonDrop.MALFORMED));
    assertThat(intake.arrived(Bytes.of(254), arrival, 0))
        .containsExactly(new Effect.Drop(CommonDrop.DEFECT));
  }

  @Test
  void alarmsAreToldOnceAndEndAfterAWhile() {
    Alarms alarms = new Alarms();

    assertThat(alarms.raise("rogue", "a server", 0)).isTrue();
    assertThat(alarms.raise("rogue", "a server", 10)).isFalse();
    assertThat(alarms.sentences(20)).containsExactly("a server (2 times)");
    assertThat(alarms.sentences(11 + Alarms.LASTS_MILLIS)).isEmpty();
    for (int i = 0; i < 1000; i++) {
      alarms.raise("key" + i, "sentence", 20);
    }
    assertThat(alarms.sentences(20)).hasSizeLessThan(100);
  }
}
