// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.ClientWatch;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a connection whose server is configured no more. */
final class LeavingLinksTest {
  private static final Ipv6 CLIENT = Ipv6.ofText("fe80::c");
  private static final Bytes SOLICIT = Bytes.ofHex("010a0b0c000800020000");
  private static final Bytes ADVERTISE = Bytes.ofHex("020a0b0c00020004aabbccdd");
  private static final String OLD = "tls://[2001:db8::1]?channel=strong";
  private static final String NEW = "tls://[2001:db8::2]?channel=strong";

  private final Wires wires = new Wires();
  private final Wires.Hops hops = new Wires.Hops();
  private final RelayInstance instance = new RelayInstance(wires);
  private Wires.Connection old;

  @BeforeEach
  void connect() {
    wires.hops.put("tcp", hops);
    upstream(OLD);
    old = hops.links.get(0);
  }

  @AfterEach
  void close() {
    instance.close();
    assertThat(hops.links).isEmpty();
  }

  private void upstream(String where) {
    apply("ipv6", where);
  }

  private void apply(String family, String upstream) {
    Map<String, String> file = Map.of("family", family, "interfaces", "eth1", "upstream", upstream);
    instance.apply(Configured.of("test", file, (peer, link) -> true, ClientWatch.NONE));
  }

  private void solicit() {
    wires.datagram.deliver("eth1", CLIENT, 546, SOLICIT);
  }

  private void answerBy(Wires.Connection link) {
    AuthenticatedPeer server =
        new AuthenticatedPeer(
            "server",
            Set.of(PeerRole.SERVER),
            "tls-cert",
            new ChannelFacts("TLSv1.3", "", "", "", "", Instant.EPOCH));
    link.inbound.message(
        RelayInstanceTest.answer(link.sent.get(0), ADVERTISE),
        new Wires.Way("", link.spec.remote(), 547, Optional.of(server), unused -> false));
  }

  @Test
  void answersStillComeByItAndNothingIsSent() {
    solicit();
    upstream(NEW);
    solicit();

    assertThat(old.sent).hasSize(1);
    assertThat(hops.links).hasSize(2).contains(old);
    assertThat(hops.links.get(1).sent).hasSize(1);
    answerBy(old);
    assertThat(wires.datagram.sent).containsExactly(new Wires.Sent("eth1", CLIENT, 546, ADVERTISE));

    wires.pass(RelayInstance.LEAVE_MILLIS - 1);
    assertThat(hops.links).contains(old);
    wires.pass(1);
    assertThat(hops.links).hasSize(1).doesNotContain(old);
    answerBy(old);
    assertThat(wires.datagram.sent).hasSize(1);
    assertThat(instance.tally().values()).containsEntry("drop-not-admitted", 1L);
  }

  @Test
  void itCarriesNothingEvenIfNoOtherIsUp() {
    upstream(NEW);
    hops.links.get(1).up = false;
    solicit();
    assertThat(old.sent).isEmpty();
    assertThat(instance.tally().values()).containsEntry("drop-no-uplink", 1L);
  }

  @Test
  void oneThatIsConfiguredAgainStays() {
    upstream(NEW);
    wires.pass(RelayInstance.LEAVE_MILLIS - 1);
    upstream(OLD);
    wires.pass(1);
    assertThat(hops.links).hasSize(2).first().isSameAs(old);
    solicit();
    assertThat(old.sent).hasSize(1);
    upstream(NEW);
    wires.pass(RelayInstance.LEAVE_MILLIS - 1);
    assertThat(hops.links).hasSize(2).contains(old);
  }

  @Test
  void itEndsAtOnceWithItsTransportOrItsFamily() {
    upstream(NEW);
    wires.hops.clear();
    instance.servicesChanged();
    assertThat(hops.links).isEmpty();

    wires.hops.put("tcp", hops);
    instance.servicesChanged();
    apply("ipv4", "tls://192.0.2.1?channel=strong");
    assertThat(hops.links)
        .hasSize(1)
        .first()
        .extracting(each -> each.spec.remote().isMapped())
        .isEqualTo(true);
  }
}
