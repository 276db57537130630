// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.security.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IpsecMonitorTest {
  private final World world = new World();
  private final Listing listing = new Listing();
  private final List<String> asked = new ArrayList<>();
  private IpsecMonitor monitor = new IpsecMonitor(world, Set.of());

  /** Answers all that the monitor asks, as strongSwan would. */
  private void answer() throws ViciFormatException {
    for (Optional<ViciPacket> next = monitor.next(); next.isPresent(); next = monitor.next()) {
      ViciPacket packet = next.get();
      asked.add(packet.name());
      if (packet.type() == ViciPacket.Type.REGISTER) {
        monitor.receive(new ViciPacket(ViciPacket.Type.CONFIRM, "", ViciMessage.EMPTY));
        continue;
      }
      List<ViciMessage> items =
          switch (packet.name()) {
            case "list-sas" -> listing.associations();
            case "list-policies" -> listing.policies();
            default -> List.of();
          };
      String event = packet.name().equals("list-sas") ? "list-sa" : "list-policy";
      for (ViciMessage each : items) {
        monitor.receive(event(event, each));
      }
      monitor.receive(new ViciPacket(ViciPacket.Type.RESPONSE, "", ViciMessage.EMPTY));
    }
  }

  private static ViciPacket event(String name, ViciMessage message) {
    return new ViciPacket(ViciPacket.Type.EVENT, name, message);
  }

  private void later(Duration time) throws ViciFormatException {
    world.pass(time);
    monitor.onTimer();
    answer();
  }

  private boolean admitted() {
    return monitor.admit(World.SERVER4, World.RELAY4).admitted();
  }

  private String reason() {
    return monitor.admit(World.SERVER4, World.RELAY4).reason();
  }

  @Test
  void refusesUntilItHasAsked() throws ViciFormatException {
    assertThat(admitted()).isFalse();
    monitor.connected();
    assertThat(admitted()).isFalse();
    answer();
    assertThat(admitted()).isTrue();
    assertThat(monitor.health()).isEqualTo(Health.READY);
    assertThat(world.audited).singleElement().asString().startsWith("ipsec-up relay17");
  }

  @Test
  void asksEveryFiveSecondsAndSeesWhatWasRemoved() throws ViciFormatException {
    monitor.connected();
    answer();
    listing.ikePresent = false;
    later(Duration.ofMillis(4900));
    assertThat(admitted()).isTrue();
    later(Duration.ofMillis(200));
    assertThat(admitted()).isFalse();
    assertThat(world.audited).last().asString().startsWith("ipsec-down relay17");
  }

  @Test
  void asksAtOnceWhenAnSaWentDown() throws ViciFormatException {
    monitor.connected();
    answer();
    listing.child("state", "DELETED");
    listing.ikePresent = false;
    monitor.receive(event("child-updown", ViciMessage.EMPTY));
    answer();
    assertThat(admitted()).isFalse();
    assertThat(monitor.health().usable()).isFalse();
  }

  @Test
  void asksAgainWhenNewsComeWhileItAsks() throws ViciFormatException {
    monitor.connected();
    monitor.next();
    monitor.receive(event("ike-updown", ViciMessage.EMPTY));
    monitor.receive(new ViciPacket(ViciPacket.Type.CONFIRM, "", ViciMessage.EMPTY));
    answer();
    assertThat(asked.stream().filter("list-sas"::equals)).hasSize(2);
  }

  @Test
  void believesNothingOlderThanFifteenSeconds() throws ViciFormatException {
    monitor.connected();
    answer();
    world.pass(Duration.ofSeconds(15));
    assertThat(admitted()).isTrue();
    world.pass(Duration.ofMillis(1));
    assertThat(admitted()).isFalse();
    assertThat(reason()).isEqualTo("not verified for 15 s");
    assertThat(monitor.health().usable()).isFalse();
  }

  @Test
  void refusesAtOnceWhenTheDaemonIsGone() throws ViciFormatException {
    monitor.connected();
    answer();
    monitor.disconnected("it closed the connection");
    assertThat(admitted()).isFalse();
    assertThat(monitor.health()).isEqualTo(Health.unusable("it closed the connection"));
    monitor.connected();
    answer();
    assertThat(admitted()).isTrue();
  }

  @Test
  void givesUpADaemonThatDoesNotAnswer() throws ViciFormatException {
    monitor.connected();
    assertThat(monitor.next()).isPresent();
    world.pass(Duration.ofSeconds(10));
    assertThatThrownBy(monitor::onTimer)
        .isInstanceOf(ViciFormatException.class)
        .hasMessageContaining("does not answer list-sa for 10 s");
  }

  @Test
  void saysThatTheKernelHasNoEsp() throws ViciFormatException {
    listing.keyed = false;
    monitor.connected();
    answer();
    monitor.receive(
        event(
            "log",
            ViciMessage.of("group", "KNL", "msg", "unable to add SAD entry with SPI c1 (FAILED)")));
    monitor.receive(event("child-updown", ViciMessage.EMPTY));
    answer();
    assertThat(monitor.health().usable()).isFalse();
    assertThat(monitor.health().reason()).startsWith("kernel has no ESP");
    assertThat(admitted()).isFalse();

    listing.keyed = true;
    later(Duration.ofSeconds(5));
    assertThat(admitted()).isTrue();
  }

  @Test
  void toleratesThatAnSaComesLaterButNotThatItDoesNot() throws ViciFormatException {
    listing.keyed = false;
    monitor.connected();
    answer();
    assertThat(admitted()).isTrue();
    assertThat(monitor.admit(World.SERVER4, World.RELAY4).assurance().confidential()).isFalse();
    later(Duration.ofSeconds(8));
    assertThat(admitted()).isTrue();
    later(Duration.ofSeconds(8));
    assertThat(admitted()).isFalse();
    assertThat(reason()).contains("no SA comes up");
    listing.keyed = true;
    later(Duration.ofSeconds(8));
    assertThat(admitted()).isTrue();
  }

  @Test
  void hasSasMadeBeforeTheFirstMessageAndNotTooOften() throws ViciFormatException {
    listing.ikePresent = false;
    monitor.connected();
    answer();
    for (int seconds = 0; seconds < 60; seconds += 5) {
      later(Duration.ofSeconds(5));
    }
    assertThat(asked.stream().filter("initiate"::equals)).hasSize(3);
  }

  @Test
  void leavesAloneWhatIsKeyedOrConnecting() throws ViciFormatException {
    monitor.connected();
    answer();
    listing.ike("state", "CONNECTING");
    listing.keyed = false;
    later(Duration.ofSeconds(5));
    assertThat(asked).doesNotContain("initiate");
  }

  @Test
  void countsOnlyThePeersOfTheProfile() throws ViciFormatException {
    monitor = new IpsecMonitor(world, Set.of("other", "relay17"));
    monitor.connected();
    answer();
    assertThat(monitor.health()).isEqualTo(Health.degraded("other: no policy requires ESP"));
    monitor = new IpsecMonitor(world, Set.of("other"));
    monitor.connected();
    answer();
    assertThat(admitted()).isFalse();
  }

  @Test
  void endsAConversationThatMakesNoSense() {
    ViciPacket answer = new ViciPacket(ViciPacket.Type.RESPONSE, "", ViciMessage.EMPTY);
    ViciPacket unknown = new ViciPacket(ViciPacket.Type.UNKNOWN_COMMAND, "", ViciMessage.EMPTY);
    assertThatThrownBy(() -> monitor.receive(answer)).isInstanceOf(ViciFormatException.class);
    assertThatThrownBy(() -> monitor.receive(unknown)).isInstanceOf(ViciFormatException.class);
  }
}
