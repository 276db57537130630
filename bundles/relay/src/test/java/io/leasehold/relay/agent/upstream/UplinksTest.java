// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.configuration.Keys;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.Agent;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.relay.agent.Effect;
import io.leasehold.relay.agent.Flow;
import io.leasehold.relay.agent.RelaySettings;
import io.leasehold.relay.agent.SettingsReader;
import io.leasehold.relay.agent.Tally;
import io.leasehold.relay.agent.v6.Dhcp6Agent;
import io.leasehold.relay.agent.v6.Dhcp6Settings;
import io.leasehold.security.Assurance;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class UplinksTest {
  private static final Bytes MESSAGE = Bytes.of(1, 2, 3, 4);
  private static final Bytes SERVER_B = Bytes.of(0xb);

  private final Tally tally = new Tally();
  private final List<FakeUplink> links = new ArrayList<>();
  private RelaySettings settings;
  private Agent agent;
  private Uplinks uplinks;

  private void with(String... lines) {
    Map<String, String> file = new HashMap<>();
    file.put("interfaces", "eth1");
    file.put("upstream.interfaces", "eth0");
    file.put("upstream", "udp://[2001:db8::a] udp://[2001:db8::b]");
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      file.put(parts[0], parts[1]);
    }
    Keys keys = Keys.of(file);
    settings = SettingsReader.read("test", keys);
    agent =
        new Dhcp6Agent(Dhcp6Settings.read(settings, keys), (peer, link) -> true, ClientWatch.NONE);
    assertThat(keys.problems()).isEmpty();
    settings.uplinks().forEach(each -> links.add(new FakeUplink(each)));
    uplinks = new Uplinks(settings, agent, tally, Upstreams.of(List.copyOf(links)), null);
  }

  private void forward(int client, Bytes server, long nowMillis) {
    uplinks.forward(
        new Effect.ToUpstream(MESSAGE, new Flow(Bytes.of(client), server), Assurance.NONE),
        nowMillis);
  }

  private List<Integer> sent() {
    List<Integer> counts = new ArrayList<>();
    links.forEach(each -> counts.add(each.sent.size()));
    return counts;
  }

  private long count(String name) {
    return tally.values().getOrDefault(name, 0L);
  }

  /** Lets the first uplink be silent until it counts as dead, at 30 s. */
  private void killFirst() {
    for (int i = 0; i <= 30; i++) {
      forward(100 + i, Bytes.EMPTY, i * 1000L);
    }
  }

  @Test
  void everyUplinkGetsEveryMessage() {
    with();
    forward(1, Bytes.EMPTY, 0);

    assertThat(sent()).containsExactly(1, 1);
    assertThat(count("forwarded")).isEqualTo(2);
  }

  @Test
  void theFirstHealthyOneGetsThemInOrder() {
    with("upstream.mode = first");
    forward(1, Bytes.EMPTY, 0);
    assertThat(sent()).containsExactly(1, 0);

    links.get(0).state = Uplink.State.down("no route");
    forward(2, Bytes.EMPTY, 1);
    assertThat(sent()).containsExactly(1, 1);
  }

  @Test
  void aClientStaysWhereItIs() {
    with("upstream.mode = first");
    links.get(0).state = Uplink.State.down("no route");
    forward(1, Bytes.EMPTY, 0);
    links.get(0).state = Uplink.State.up(Assurance.NONE);

    forward(1, Bytes.EMPTY, 1000);
    forward(2, Bytes.EMPTY, 1000);
    assertThat(sent()).containsExactly(1, 2);
    forward(1, Bytes.EMPTY, 1000 + 300_001);
    assertThat(sent()).containsExactly(2, 2);
  }

  @Test
  void aClientStaysWhereItIsWhenTheConfigurationChanges() {
    with("upstream.mode = first");
    uplinks.learn(1, new Flow(Bytes.of(1), SERVER_B), 0);
    uplinks =
        new Uplinks(
            settings,
            agent,
            tally,
            Upstreams.of(List.copyOf(links)),
            new Uplinks.Before(uplinks, 0));

    forward(1, Bytes.EMPTY, 1000);
    assertThat(sent()).containsExactly(0, 1);
  }

  @Test
  void aMessageForAServerGoesWhereThatServerIs() {
    with("upstream.mode = first");
    uplinks.learn(1, new Flow(Bytes.of(9), SERVER_B), 0);

    forward(1, SERVER_B, 1);
    assertThat(sent()).containsExactly(0, 1);
    links.get(1).state = Uplink.State.down("closed");
    forward(1, SERVER_B, 2);
    assertThat(sent()).containsExactly(1, 1);
  }

  @Test
  void whoDoesNotAnswerIsLeftAndProbed() {
    with("upstream.mode = first");
    killFirst();
    assertThat(sent()).containsExactly(31, 0);
    assertThat(links.get(0).renewals).isEqualTo(1);
    assertThat(uplinks.status(31_000).get(0).healthy()).isFalse();
    assertThat(uplinks.status(31_000).get(0).reason()).contains("no answer to 31 messages");

    forward(1, Bytes.EMPTY, 31_000);
    assertThat(sent()).containsExactly(31, 1);
    forward(2, Bytes.EMPTY, 40_000);
    forward(3, Bytes.EMPTY, 40_001);
    assertThat(sent()).as("one of them is a probe").containsExactly(32, 3);

    uplinks.answered(0);
    forward(4, Bytes.EMPTY, 41_000);
    assertThat(sent()).containsExactly(33, 3);
    assertThat(uplinks.status(41_000).get(0).healthy()).isTrue();
  }

  @Test
  void answersKeepAnUplinkAlive() {
    with("upstream.mode = first");
    for (int i = 0; i < 200; i++) {
      forward(i, Bytes.EMPTY, i * 1000L);
      if (i % 10 == 0) {
        uplinks.answered(0);
      }
    }

    assertThat(sent()).containsExactly(200, 0);
  }

  @Test
  void whenNoneAnswersAllAreTried() {
    with("upstream.mode = first");
    killFirst();
    for (int i = 0; i <= 30; i++) {
      forward(i, Bytes.EMPTY, 31_000 + i * 1000L);
    }
    int before = links.get(0).sent.size();
    forward(99, Bytes.EMPTY, 62_000);

    assertThat(links.get(0).sent).hasSize(before + 1);
  }

  @Test
  void whatWasProtectedIsNotSentInAWeakerWay() {
    with("upstream = udp://[2001:db8::a]?channel=wall", "listen = tls://*?channel=strong");
    Effect.ToUpstream message = new Effect.ToUpstream(MESSAGE, Flow.UNKNOWN, Assurance.PRIVATE);

    uplinks.forward(message, 0);
    assertThat(sent()).containsExactly(0);
    assertThat(count("drop-next-hop-not-protected")).isEqualTo(1);

    links.get(0).state = Uplink.State.up(Assurance.PRIVATE);
    uplinks.forward(message, 0);
    assertThat(sent()).containsExactly(1);
  }

  @Test
  void onlyIfAllowedItIs() {
    with("listen = tls://*?channel=strong", "allow.unprotected.upstream = true");
    uplinks.forward(new Effect.ToUpstream(MESSAGE, Flow.UNKNOWN, Assurance.PRIVATE), 0);

    assertThat(sent()).containsExactly(1, 1);
  }

  @Test
  void accessIdentifiersPassConfidentialHopsOnly() {
    with();
    Bytes message =
        RelayMessage.forward(
                0,
                Ipv6.UNSPECIFIED,
                Ipv6.ofText("fe80::1"),
                Options.builder()
                    .add(105, Bytes.of(1))
                    .add(Dhcp6OptionCode.RELAY_MSG, MESSAGE)
                    .build())
            .encode();
    links.get(0).state = Uplink.State.up(Assurance.PRIVATE);

    uplinks.forward(new Effect.ToUpstream(message, Flow.UNKNOWN, Assurance.NONE), 0);

    assertThat(links.get(0).sent).containsExactly(message);
    assertThat(RelayMessage.decode(links.get(1).sent.get(0)).options().has(105)).isFalse();
    assertThat(count("access-identifiers-stripped")).isEqualTo(1);
  }

  @Test
  void sendersUpstreamMustBeConfigured() {
    with("upstream.sources = 2001:db8:5::/64");

    assertThat(uplinks.sender(Ipv6.ofText("2001:db8::b"), 0)).isEqualTo(1);
    assertThat(uplinks.sender(Ipv6.ofText("2001:db8:5::1"), 0)).isEqualTo(2);
    assertThat(uplinks.sender(Ipv6.ofText("2001:db8::c"), 0)).isEqualTo(-1);
  }

  @Test
  void anyServerMayAnswerWhenAGroupWasAsked() {
    with("upstream = udp://[ff05::1:3%eth0] udp://[2001:db8::b]");

    assertThat(uplinks.sender(Ipv6.ofText("2001:db8::b"), 0)).isEqualTo(1);
    assertThat(uplinks.sender(Ipv6.ofText("2001:db8::c"), 0)).isEqualTo(0);
  }

  @Test
  void aNewConfigurationKnowsWhichUplinksWereDead() {
    with("upstream.mode = first");
    killFirst();
    Uplinks after =
        new Uplinks(
            settings,
            agent,
            tally,
            Upstreams.of(List.copyOf(links)),
            new Uplinks.Before(uplinks, 0));

    assertThat(after.status(31_000).get(0).healthy()).isFalse();
    assertThat(after.status(31_000).get(0).forwarded()).isEqualTo(31);
  }
}
