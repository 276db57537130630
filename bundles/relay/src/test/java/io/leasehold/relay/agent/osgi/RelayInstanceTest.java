// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.RelayMessage;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.RelayStatus;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RelayInstanceTest {
  private static final Ipv6 CLIENT = Ipv6.ofText("fe80::c");
  private static final Ipv6 SERVER = Ipv6.ofText("2001:db8::547");
  private static final Bytes SOLICIT = Bytes.ofHex("010a0b0c000800020000");
  private static final Bytes ADVERTISE = Bytes.ofHex("020a0b0c00020004aabbccdd");
  private static final Bytes RELEASED = Bytes.ofHex("0c0a");

  private static final String CLIENTS = "interfaces = eth1";
  private static final String PLAIN = "upstream = udp://[2001:db8::547]";
  private static final String SERVERS = "upstream.interfaces = eth0";
  private static final String TLS = "upstream = tls://[2001:db8::547]?channel=strong";

  private final Wires wires = new Wires();
  private final RelayInstance instance = new RelayInstance(wires);
  private final RelayStatus status = new InstanceStatus("test", instance, List::of, List::of);

  private void apply(String... lines) {
    apply(instance, lines);
  }

  private static void apply(RelayInstance instance, String... lines) {
    Map<String, String> file = new HashMap<>();
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      file.put(parts[0], parts[1]);
    }
    instance.apply(Configured.of("test", file, (peer, link) -> true, ClientWatch.NONE));
  }

  private long count(String name) {
    return status.counters().getOrDefault(name, 0L);
  }

  static Bytes answer(Bytes forwarded, Bytes inner) {
    RelayMessage message = RelayMessage.decode(forwarded);
    Options.Builder options = Options.builder();
    message
        .options()
        .raw(Dhcp6OptionCode.INTERFACE_ID)
        .ifPresent(value -> options.add(Dhcp6OptionCode.INTERFACE_ID, value));
    options.add(Dhcp6OptionCode.RELAY_MSG, inner);
    return RelayMessage.reply(
            message.hopCount(), message.linkAddress(), message.peerAddress(), options.build())
        .encode();
  }

  @Test
  void aClientIsServedOverDatagrams() {
    apply(CLIENTS, PLAIN, SERVERS);
    List<RelayStatus.RelayInterface> atFirst = status.interfaces();
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);

    Wires.Sent up = wires.datagram.sent.get(0);
    assertThat(up.address()).isEqualTo(SERVER);
    assertThat(up.port()).isEqualTo(547);
    wires.datagram.deliver("eth0", SERVER, 547, answer(up.message(), ADVERTISE));
    assertThat(wires.datagram.sent.get(1))
        .isEqualTo(new Wires.Sent("eth1", CLIENT, 546, ADVERTISE));
    assertThat(status.upstreams().get(0).answered()).isEqualTo(1);
    assertThat(count("forwarded")).isEqualTo(1);
    assertThat(count("returned")).isEqualTo(1);
    assertThat(status.alarms()).isEmpty();
    assertThat(status.interfaces())
        .isEqualTo(atFirst)
        .containsExactly(
            new RelayStatus.RelayInterface("eth1", "client", "2001:db8:1::1", "", "listens"),
            new RelayStatus.RelayInterface("eth0", "upstream", "", "", "listens"));
  }

  @Test
  void clientsAndServersMayBeOnOneInterface() {
    apply(CLIENTS, PLAIN, "upstream.interfaces = eth1");
    assertThat(wires.datagram.bound).hasSize(1);
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    Bytes up = wires.datagram.sent.get(0).message();

    wires.datagram.deliver("eth1", SERVER, 547, answer(up, ADVERTISE));
    assertThat(wires.datagram.sent).hasSize(2);
    wires.datagram.deliver("eth1", CLIENT, 547, answer(up, ADVERTISE));
    assertThat(wires.datagram.sent).hasSize(2);
    assertThat(count("drop-unknown-server")).isEqualTo(1);
  }

  @Test
  void aServerOnAClientLinkIsDroppedAndTold() {
    apply(CLIENTS, PLAIN, SERVERS);
    wires.datagram.deliver("eth1", CLIENT, 547, ADVERTISE);
    wires.datagram.deliver("eth1", CLIENT, 547, ADVERTISE);

    assertThat(wires.datagram.sent).isEmpty();
    assertThat(count("drop-server-message-from-client")).isEqualTo(2);
    assertThat(status.alarms())
        .hasSize(1)
        .first()
        .asString()
        .contains("interface eth1: advertise from fe80::c")
        .contains("(2 times)");
  }

  @Test
  void aServerMayAnswerToTheAddressOfAClientLinkFromElsewhere() {
    apply(CLIENTS, PLAIN, SERVERS);
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    Bytes up = wires.datagram.sent.get(0).message();

    wires.datagram.deliverRouted("eth1", SERVER, 547, answer(up, ADVERTISE));
    assertThat(wires.datagram.sent).hasSize(2);
    wires.datagram.deliverRouted("eth1", CLIENT, 547, answer(up, ADVERTISE));
    assertThat(wires.datagram.sent).hasSize(2);
    assertThat(count("drop-unknown-server")).isEqualTo(1);
  }

  @Test
  void datagramsOfStrangersUpstreamAreDropped() {
    apply(CLIENTS, PLAIN, SERVERS);
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    Bytes up = wires.datagram.sent.get(0).message();
    wires.datagram.deliver("eth0", Ipv6.ofText("2001:db8::bad"), 547, answer(up, ADVERTISE));

    assertThat(wires.datagram.sent).hasSize(1);
    assertThat(count("drop-unknown-server")).isEqualTo(1);
    assertThat(status.alarms())
        .hasSize(1)
        .first()
        .asString()
        .startsWith("answers of 2001:db8::bad are dropped")
        .contains("upstream.sources");
  }

  @Test
  void beginningsThatComeLateAreLeftOut() {
    apply(CLIENTS, PLAIN, SERVERS);
    Bytes request = Bytes.ofHex("030a0b0c000800020000");
    wires.datagram.late("eth1", CLIENT, SOLICIT);
    wires.datagram.late("eth1", CLIENT, request);
    wires.datagram.late("eth1", CLIENT, Bytes.EMPTY);
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);

    assertThat(wires.datagram.sent).hasSize(2);
    assertThat(count("drop-late")).isEqualTo(1);
    assertThat(count("received")).isEqualTo(3);

    apply("family = ipv4", CLIENTS, SERVERS, "upstream = udp://192.0.2.9");
    String fixed = "01".repeat(236) + "63825363";
    wires.datagram.late("eth1", CLIENT, Bytes.ofHex(fixed + "00" + "0c0161" + "350101" + "ff"));
    assertThat(count("drop-late")).isEqualTo(2);
    wires.datagram.late("eth1", CLIENT, Bytes.ofHex(fixed + "350103" + "ff"));
    wires.datagram.late("eth1", CLIENT, Bytes.ofHex(fixed + "ff" + "350101"));
    wires.datagram.late("eth1", CLIENT, Bytes.ofHex(fixed + "35"));
    wires.datagram.late("eth1", CLIENT, Bytes.ofHex("010106"));
    assertThat(count("drop-late")).isEqualTo(2);
  }

  @Test
  void anAnswerOnItsWayFindsItsClientWhenTheConfigurationChanges() {
    apply(CLIENTS, PLAIN, SERVERS, "interface.id = none");
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    apply(CLIENTS, PLAIN, SERVERS, "interface.id = none", "remote.id = 32473:new");
    wires.datagram.deliver(
        "eth0", SERVER, 547, answer(wires.datagram.sent.get(0).message(), ADVERTISE));

    assertThat(wires.datagram.sent.get(1))
        .isEqualTo(new Wires.Sent("eth1", CLIENT, 546, ADVERTISE));
  }

  @Test
  void whatTheChannelDoesNotAdmitDoesNotPassInEitherDirection() {
    apply(CLIENTS, "upstream = udp://[2001:db8::547]?channel=wall", SERVERS);
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    assertThat(wires.datagram.sent).isEmpty();
    assertThat(count("drop-no-uplink")).isEqualTo(1);
    assertThat(status.upstreams().get(0).reason()).isEqualTo("nobody vouches for it");

    wires.admission = new Admission(true, "", Assurance.PRIVATE, Optional.empty());
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    Bytes up = wires.datagram.sent.get(0).message();
    wires.admission = Admission.refused("the association has gone");
    wires.datagram.deliver("eth0", SERVER, 547, answer(up, ADVERTISE));
    assertThat(wires.datagram.sent).hasSize(1);
    assertThat(count("drop-not-admitted")).isEqualTo(1);
  }

  @Test
  void withoutItsTransportAHopIsDownAndNothingGoesAnotherWay() {
    apply(CLIENTS, TLS);
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    assertThat(wires.datagram.sent).isEmpty();
    assertThat(status.upstreams().get(0).reason())
        .isEqualTo("transport-missing: no transport tcp is there; install leasehold-transport-tcp");

    Wires.Hops hops = new Wires.Hops();
    wires.hops.put("tcp", hops);
    instance.servicesChanged();
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    assertThat(hops.links.get(0).sent).hasSize(1);
    assertThat(hops.links.get(0).spec.channel()).isEqualTo("strong");
    assertThat(status.upstreams().get(0).healthy()).isTrue();

    hops.links.get(0).up = false;
    assertThat(status.alarms())
        .containsExactly("upstream tls://[2001:db8::547]?channel=strong is DOWN: refused");
    Wires.Connection link = hops.links.get(0);
    wires.hops.clear();
    instance.servicesChanged();
    assertThat(hops.links).isEmpty();
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    assertThat(link.sent).hasSize(1);
    assertThat(wires.datagram.sent).isEmpty();
  }

  @Test
  void aHopWithAnotherTransportConnectsAgain() {
    apply(CLIENTS, TLS);
    Wires.Hops first = new Wires.Hops();
    wires.hops.put("tcp", first);
    instance.servicesChanged();
    Wires.Hops second = new Wires.Hops();
    wires.hops.put("tcp", second);
    instance.servicesChanged();

    assertThat(first.links).isEmpty();
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    assertThat(second.links.get(0).sent).hasSize(1);
  }

  @Test
  void whatIsTheSameStaysOpenWhenTheConfigurationChanges() {
    Wires.Hops hops = new Wires.Hops();
    wires.hops.put("tcp", hops);
    apply(
        CLIENTS,
        TLS + " udp://[2001:db8::1]",
        SERVERS,
        "listen = tls://*?channel=strong",
        "allow.unprotected.upstream = true");
    List<Wires.Bound> bound = List.copyOf(wires.datagram.bound);
    Wires.Connection link = hops.links.get(0);
    Wires.Listener listener = hops.listeners.get(0);

    apply(
        CLIENTS,
        TLS + " tls://[2001:db8::2]?channel=strong",
        SERVERS,
        "listen = tls://*?channel=strong",
        "remote.id = 32473:new");
    assertThat(wires.datagram.bound).isEqualTo(bound);
    assertThat(hops.links).hasSize(2).contains(link);
    assertThat(hops.listeners).containsExactly(listener);
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    assertThat(RelayMessage.decode(link.sent.get(0)).options().has(Dhcp6OptionCode.REMOTE_ID))
        .isTrue();

    apply("interfaces = eth2", TLS);
    wires.pass(RelayInstance.LEAVE_MILLIS);
    assertThat(wires.datagram.bound).hasSize(1).doesNotContainAnyElementsOf(bound);
    assertThat(hops.links).containsExactly(link);
    assertThat(hops.listeners).isEmpty();
  }

  @Test
  void aConfigurationWithMistakesChangesNothing() {
    apply(CLIENTS, PLAIN, SERVERS);
    assertThatThrownBy(() -> apply(CLIENTS, SERVERS, PLAIN, "interfaes = eth1", "mode = x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean interfaces?")
        .hasMessageContaining("mode = x");

    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    assertThat(wires.datagram.sent).hasSize(1);
  }

  @Test
  void theChainOfTwoRelayAgentsBringsEverythingBack() {
    Wires near = new Wires();
    RelayInstance below = new RelayInstance(near);
    Wires.Hops lower = new Wires.Hops();
    near.hops.put("tcp", lower);
    apply(below, CLIENTS, TLS);
    Wires.Hops upper = new Wires.Hops();
    wires.hops.put("tcp", upper);
    apply("listen = tls://*?channel=strong", "upstream = tls://[2001:db8::547]?channel=strong");

    near.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
    List<Bytes> back = new ArrayList<>();
    Bytes first = lower.links.get(0).sent.get(0);
    upper.listeners.get(0).inbound().message(first, way("branch", back));
    Bytes second = upper.links.get(0).sent.get(0);
    assertThat(RelayMessage.decode(second).hopCount()).isEqualTo(1);
    assertThat(RelayMessage.decode(second).relayed()).contains(first);

    Bytes reply = answer(second, answer(first, ADVERTISE));
    upper.links.get(0).inbound.message(reply, way("server", new ArrayList<>()));
    assertThat(back).hasSize(1);
    lower.links.get(0).inbound.message(back.get(0), way("server", new ArrayList<>()));
    assertThat(near.datagram.sent).containsExactly(new Wires.Sent("eth1", CLIENT, 546, ADVERTISE));
    below.close();
  }

  @Test
  void aPeerWithoutTheRightToRelayIsNotHeard() {
    Wires.Hops hops = new Wires.Hops();
    wires.hops.put("tcp", hops);
    apply("listen = tls://*?channel=strong", TLS);
    wires.permitted = false;
    hops.listeners.get(0).inbound().message(SOLICIT, way("stranger", new ArrayList<>()));
    hops.links.get(0).inbound.message(RELEASED, way("stranger", new ArrayList<>()));

    assertThat(count("drop-not-admitted")).isEqualTo(2);
    assertThat(hops.links.get(0).sent).isEmpty();
  }

  private static Wires.Way way(String peer, List<Bytes> back) {
    AuthenticatedPeer who =
        new AuthenticatedPeer(
            peer,
            Set.of(PeerRole.RELAY),
            "tls-cert",
            new ChannelFacts("TLSv1.3", "", "", "", "", Instant.EPOCH));
    return new Wires.Way("", SERVER, 40_000, Optional.of(who), back::add);
  }

  @Test
  void nothingIsOpenAfterTheEnd() {
    Wires.Hops hops = new Wires.Hops();
    wires.hops.put("tcp", hops);
    apply(CLIENTS, TLS, SERVERS, "listen = tls://*?channel=strong");
    instance.close();
    instance.servicesChanged();

    assertThat(wires.datagram.bound).isEmpty();
    assertThat(hops.links).isEmpty();
    assertThat(hops.listeners).isEmpty();
  }

  @Test
  void withoutATransportForDatagramsOperatorsAreTold() {
    wires.transport = null;
    apply(CLIENTS, PLAIN, SERVERS, "interface.eth1.trusted = true");

    assertThat(status.alarms()).hasSize(2).first().asString().contains("no datagram transport");
    assertThat(status.interfaces().get(0).role()).isEqualTo("trusted");
    wires.transport = wires.datagram;
    instance.servicesChanged();
    assertThat(status.alarms()).isEmpty();
  }
}
