// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static io.leasehold.server.v6.OptionSamples.always;
import static io.leasehold.server.v6.OptionSamples.never;
import static io.leasehold.server.v6.OptionSamples.onRequest;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.option.Options;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.server.plan.BootFields;
import io.leasehold.server.plan.HostIdentifier;
import io.leasehold.server.plan.OptionSet;
import io.leasehold.server.plan.PlanOption;
import io.leasehold.server.plan.Reservation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which options of the plan a client gets (RFC 8415 sections 18.3 and 21.7). */
class ReplyOptionsTest {
  private static final String SUBNET = "01";
  private static final String POOL = "02";
  private static final String HOST = "03";

  private static Options answer(SubnetBuilder subnet, ClientMessage message) {
    return new TestServer(subnet.link()).ask(message).options();
  }

  @Test
  void clientGetsWhatItAsksForAndWhatIsAlwaysSent() {
    SubnetBuilder subnet =
        SubnetBuilder.lab()
            .option(onRequest(24, "00"))
            .option(always(31, "aa"))
            .option(onRequest(22, "bb"));

    Options options = answer(subnet, request(ALICE).na(1).oro(24, 24, 99));

    assertThat(options.count(24)).isEqualTo(1);
    assertThat(options.has(31)).isTrue();
    assertThat(options.has(22)).isFalse();
  }

  @Test
  void severalValuesOfOneOptionAreAllSent() {
    SubnetBuilder subnet =
        SubnetBuilder.lab().option(onRequest(94, "01")).option(onRequest(94, "02"));

    assertThat(answer(subnet, request(ALICE).na(1).oro(94)).allRaw(94))
        .containsExactly(Bytes.of(1), Bytes.of(2));
  }

  @Test
  void neverSendHidesTheOptionOfTheLevelsAround() {
    SubnetBuilder subnet =
        new SubnetBuilder(1, "2001:db8:1::/64")
            .on("eth1")
            .pool("2001:db8:1::10", "2001:db8:1::1f", never(24))
            .option(always(24, SUBNET));

    assertThat(answer(subnet, request(ALICE).na(1).oro(24)).has(24)).isFalse();
  }

  @Test
  void alwaysAndNeverCountWhereverTheyAreSaid() {
    SubnetBuilder subnet =
        new SubnetBuilder(1, "2001:db8:1::/64")
            .on("eth1")
            .pool("2001:db8:1::10", "2001:db8:1::1f", onRequest(24, POOL), always(22, POOL))
            .option(always(24, SUBNET))
            .option(never(22));

    Options options = answer(subnet, request(ALICE).na(1).oro(22));

    assertThat(options.allRaw(24)).containsExactly(Bytes.ofHex(POOL));
    assertThat(options.has(22)).isFalse();
  }

  @Test
  void poolWinsOverSubnetAndHostOverPool() {
    PlanOption[] pool = {onRequest(22, POOL), onRequest(24, POOL)};
    SubnetBuilder subnet =
        new SubnetBuilder(1, "2001:db8:1::/64")
            .on("eth1")
            .pool("2001:db8:1::10", "2001:db8:1::1f", pool)
            .option(onRequest(22, SUBNET))
            .option(onRequest(24, SUBNET))
            .option(onRequest(31, SUBNET))
            .reserve(
                new Reservation(
                    new HostIdentifier(HostIdentifier.Type.DUID, ClientMessage.BOB.value()),
                    List.of(Ipv6.ofText("2001:db8:1::1e")),
                    List.of(),
                    Optional.empty(),
                    BootFields.NONE,
                    new OptionSet(List.of(onRequest(22, HOST)))));
    TestServer server = new TestServer(subnet.link());

    Options alice = server.ask(request(ALICE).na(1).oro(22, 24, 31)).options();
    Options bob = server.ask(request(ClientMessage.BOB).na(1).oro(22, 24, 31)).options();

    assertThat(List.of(alice.raw(22), alice.raw(24), alice.raw(31)))
        .extracting(value -> value.orElseThrow().toHex())
        .containsExactly(POOL, POOL, SUBNET);
    assertThat(List.of(bob.raw(22), bob.raw(24), bob.raw(31)))
        .extracting(value -> value.orElseThrow().toHex())
        .containsExactly(HOST, POOL, SUBNET);
  }

  @Test
  void poolsOfBothKindsCount() {
    SubnetBuilder subnet =
        new SubnetBuilder(1, "2001:db8:1::/64")
            .on("eth1")
            .pool("2001:db8:1::10", "2001:db8:1::1f", onRequest(22, POOL))
            .prefixPool("2001:db8:100::/40", 56, onRequest(24, HOST));

    Options options = answer(subnet, request(ALICE).na(1).pd(1).oro(22, 24));

    assertThat(options.raw(22)).contains(Bytes.ofHex(POOL));
    assertThat(options.raw(24)).contains(Bytes.ofHex(HOST));
  }

  @Test
  void preferenceIsPartOfAnAdvertiseOnly() {
    SubnetBuilder subnet = SubnetBuilder.lab().option(onRequest(7, "ff"));

    assertThat(answer(subnet, solicit(ALICE).na(1)).raw(7)).contains(Bytes.of(0xff));
    assertThat(answer(subnet, request(ALICE).na(1).oro(7)).has(7)).isFalse();
  }

  @Test
  void retransmissionLimitsAreSentOnRequestAlsoWithNothingElse() {
    // RFC 8415 sections 21.24 and 21.25 (RFC 7083).
    SubnetBuilder subnet =
        new SubnetBuilder(1, "2001:db8:1::/64")
            .on("eth1")
            .option(onRequest(82, "00000e10"))
            .option(onRequest(83, "00000e10"));

    Options options = answer(subnet, solicit(ALICE).na(1).oro(82, 83));

    assertThat(options.has(82)).isTrue();
    assertThat(options.has(83)).isTrue();
  }

  @Test
  void optionsOfTheProtocolAreNotTakenFromThePlan() {
    SubnetBuilder subnet =
        SubnetBuilder.lab()
            .option(always(1, "00"))
            .option(always(13, "0005"))
            .option(always(12, ""));

    Options options = answer(subnet, request(ALICE).na(1).oro(1, 12, 13));

    assertThat(options.count(1)).isEqualTo(1);
    assertThat(options.has(12)).isFalse();
    assertThat(options.has(13)).isFalse();
  }

  @Test
  void absurdOptionRequestIsBounded() {
    int[] codes = new int[20_000];
    java.util.Arrays.fill(codes, 99);
    codes[codes.length - 1] = 24;
    SubnetBuilder subnet = SubnetBuilder.lab().option(onRequest(24, "00"));

    assertThat(answer(subnet, request(ALICE).na(1).oro(codes)).has(24)).isFalse();
  }
}
