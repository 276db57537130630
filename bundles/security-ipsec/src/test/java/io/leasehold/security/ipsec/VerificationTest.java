// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.ipsec;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.HopEnd;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
  private final World world = new World();

  private Snapshot snapshot(Listing listing) {
    return new Snapshot(
        0,
        new Verification(
                listing.associations().stream()
                    .flatMap(each -> each.sections().entrySet().stream())
                    .map(each -> IkeSa.of(each.getKey(), each.getValue()))
                    .toList(),
                listing.policies().stream()
                    .flatMap(each -> each.sections().values().stream())
                    .map(Policy::of)
                    .toList(),
                world.peers,
                world.clock().instant())
            .findings(),
        List.of(),
        "");
  }

  private Admission admit(Listing listing, HopEnd local, HopEnd remote) {
    return snapshot(listing).admit(local, remote, 0);
  }

  @Test
  void admitsPeersBehindEspAndSaysWhatProtectsThem() {
    Admission four = admit(new Listing(), World.SERVER4, World.RELAY4);
    Admission six = admit(Listing.ipv6(), World.SERVER6, World.RELAY6);

    assertThat(four.admitted()).isTrue();
    assertThat(six.admitted()).isTrue();
    assertThat(four.assurance()).isEqualTo(new Assurance(true, true, true, true, true, false));
    assertThat(four.peer().orElseThrow().peerId()).isEqualTo("relay17");
    assertThat(four.peer().orElseThrow().facts())
        .isEqualTo(
            new ChannelFacts(
                "IKEv2/ESP",
                "AES_GCM_16-256",
                "ECP_384",
                "server.example",
                "relay17.example",
                Instant.parse("2025-12-31T23:59:00Z")));
  }

  static Stream<Arguments> weaknesses() {
    return Stream.of(
        change("tunnel", l -> l.child("mode", "TUNNEL"), "mode TUNNEL"),
        change("AH", l -> l.child("protocol", "AH"), "AH and not ESP"),
        change("no encryption", l -> l.child("encr-alg", "NULL", "integ-alg", "X"), "NULL"),
        change("GMAC", l -> l.child("encr-alg", "NULL_AES_GMAC"), "NULL_AES_GMAC"),
        change("64-bit blocks", l -> l.child("encr-alg", "3DES_CBC", "integ-alg", "X"), "3DES"),
        change("no integrity", l -> l.child("encr-alg", "AES_CBC"), "no integrity"),
        change("IKEv1", l -> l.ike("version", "1"), "no IKE SA"),
        change("half open", l -> l.ike("state", "CONNECTING"), "no IKE SA"),
        change("ends", l -> l.ike("state", "DELETING"), "no IKE SA"),
        change("other peer", l -> l.ike("remote-host", "198.51.100.9"), "no IKE SA"),
        change("nothing established", l -> l.ikePresent = false, "no IKE SA"),
        change("SA without policy", l -> l.policyPresent = false, "no policy requires ESP"),
        change("tunnel policy", l -> l.mode = "TUNNEL", "no policy requires ESP"),
        change("other port", l -> l.local = "192.0.2.1/32[udp/69]", "no policy requires ESP"),
        change("TCP", l -> l.remote = "192.0.2.17/32[tcp/67]", "no policy requires ESP"),
        change("a network", l -> l.remote = "192.0.2.0/24[udp/67]", "no policy requires ESP"),
        change("no peer", l -> l.remote = "192.0.2.18/32[udp/67]", "no policy requires ESP"),
        change(
            "exception",
            l ->
                l.more.add(
                    Listing.policy(
                        "PASS",
                        Map.of(
                            "local-ts", List.of("dynamic"), "remote-ts", List.of("192.0.2.0/24")))),
            "PASS"));
  }

  private static Arguments change(String name, Consumer<Listing> change, String reason) {
    return Arguments.of(name, change, reason);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("weaknesses")
  void refusesWhatDoesNotProtect(String name, Consumer<Listing> change, String reason) {
    Listing listing = new Listing();
    change.accept(listing);

    Admission admission = admit(listing, World.SERVER4, World.RELAY4);

    assertThat(admission.admitted()).isFalse();
    assertThat(admission.reason()).contains(reason);
    assertThat(admission.assurance()).isEqualTo(Assurance.NONE);
  }

  @Test
  void vouchesForThePeerAloneWhileThereIsNoSaYet() {
    Listing listing = new Listing();
    listing.keyed = false;

    Admission admission = admit(listing, World.SERVER4, World.RELAY4);

    assertThat(admission.admitted()).isTrue();
    assertThat(admission.assurance().confidential()).isFalse();
    assertThat(admission.assurance().peerAuthenticated()).isTrue();
  }

  @Test
  void refusesPortsThatThePolicyLeavesInClear() {
    HopEnd odd = World.end("192.0.2.17", 30067);
    assertThat(admit(new Listing(), World.SERVER4, odd).admitted()).isFalse();
    assertThat(admit(new Listing(), World.end("192.0.2.2", 67), World.RELAY4).admitted()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1/32[udp/bootps]",
        "192.0.2.1/32[udp/67]",
        "192.0.2.1/32[17/67]",
        "192.0.2.1/32[udp]",
        "192.0.2.1/32[0]",
        "192.0.2.1/32",
        "192.0.2.1",
        "192.0.2.0/24[udp/60-70]",
        "192.0.2.0..192.0.2.9[udp/67]",
        "dynamic[udp/67]"
      })
  void understandsSelectors(String text) {
    assertThat(TrafficSelector.parse(text).orElseThrow().covers(World.SERVER4.address(), 67))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "192.0.2.1/32[udp/68]",
        "192.0.2.1/32[tcp/67]",
        "192.0.2.1/32[udp/1-66]",
        "192.0.2.2/31[udp/67]",
        "2001:db8::/32[udp/67]",
        "192.0.2.1/32[udp/OPAQUE]",
        "192.0.2.1/99",
        "[",
        ""
      })
  void takesNothingForASelectorThatIsNone(String text) {
    assertThat(
            TrafficSelector.parse(text).stream()
                .filter(found -> found.covers(World.SERVER4.address(), 67)))
        .isEmpty();
  }

  @Test
  void saysHowHopsAreTogether() {
    assertThat(snapshot(new Listing()).health(0).usable()).isTrue();
    Listing none = new Listing();
    none.policyPresent = false;
    assertThat(snapshot(none).health(0).reason()).contains("dhcp:ipsec-generate");
    Listing weak = new Listing().child("protocol", "AH");
    assertThat(snapshot(weak).health(0).reason()).startsWith("relay17: ").contains("AH");
  }
}
