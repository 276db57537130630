// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.ALICE;
import static io.leasehold.failover.binding.Samples.BOB;
import static io.leasehold.failover.binding.Samples.EVEN;
import static io.leasehold.failover.binding.Samples.ODD;
import static io.leasehold.failover.binding.Samples.PREFIX;
import static io.leasehold.failover.binding.Samples.time;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.ClientBinding;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.PrefixBinding;
import io.leasehold.codec.v6.AbsoluteTime;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BindingWriterTest {
  private static final long T = Samples.T;
  private final Side side = new Side(Role.PRIMARY).up(64);

  private FailoverMessage told(Lease lease) {
    side.write(lease);
    return side.all(Dhcp6MessageType.BNDUPD).get(0);
  }

  private static void assertOctets(String hex, FailoverMessage message, int id) {
    FailoverMessage numbered =
        new FailoverMessage(message.type(), id, message.sentTime(), message.options());
    assertThat(numbered.encode()).isEqualTo(Bytes.ofHex(hex.replace(" ", "")));
  }

  @Test
  void aClientsLeaseOctetByOctet() {
    side.now = T + 2;

    assertOctets(
        "18000005 32e3a402 002d0067 0001000a00030001020000000001 0064000432e3a402"
            + "0003004d 000000010000070800000b40"
            + "0005003d 20010db8000100000000000000001001 00000e10 00000e10"
            + "0072000101 0085000432e3a400 0086000432e3b210 002e000400000002 007b000432e79f88",
        told(Samples.active(ODD, ALICE, T)),
        5);
  }

  @Test
  void aPrefixOfNobodyOctetByOctet() {
    side.now = T + 3;

    assertOctets(
        "18000006 32e3a403 001a002e 00000000 00000000 38 20010db8010000000000000000000000"
            + "0064000432e3a403 0072000106 0085000432e3a403",
        told(Samples.handedOver(PREFIX, T + 3)),
        6);
  }

  @Test
  void leasesOfOneClientThatAreDueTogetherAreToldTogether() {
    Side late = new Side(Role.PRIMARY);
    late.write(Samples.active(ODD, ALICE, T));
    late.write(Samples.active(EVEN, ALICE, T));
    late.write(Samples.active(PREFIX, ALICE, T));
    late.up(64);

    List<FailoverMessage> updates = late.all(Dhcp6MessageType.BNDUPD);

    assertThat(updates).hasSize(1);
    assertThat(updates.get(0).options().size()).isEqualTo(1);
    ClientBinding client = (ClientBinding) Samples.container(updates.get(0));
    assertThat(client.associations()).hasSize(2);
    assertThat(client.associations().get(0).leases()).hasSize(2);
  }

  @Test
  void leasesOfTwoClientsAreToldApart() {
    Side late = new Side(Role.PRIMARY);
    late.write(Samples.active(ODD, ALICE, T));
    late.write(Samples.active(EVEN, BOB, T));
    late.up(64);

    assertThat(late.all(Dhcp6MessageType.BNDUPD)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(
      value = LeaseState.class,
      names = {"ACTIVE", "EXPIRED", "RELEASED"})
  void whoseItIsOrWasIsSaid(LeaseState state) {
    Lease lease =
        state == LeaseState.ACTIVE
            ? Samples.active(ODD, ALICE, T)
            : Samples.ended(ODD, ALICE, state, T);

    ClientBinding client = (ClientBinding) Samples.container(told(lease));

    assertThat(client.client()).contains(Samples.DUID);
    assertThat(client.baseTime()).contains(time(T));
    BindingFacts facts = client.associations().get(0).leases().get(0).facts();
    assertThat(facts.status()).contains(BindingStatus.of(state.code()).orElseThrow());
    assertThat(facts.statusSince()).contains(time(T));
  }

  @Test
  void whatHasNoEndSaysNone() {
    Lease free =
        new LeaseMarks(true, false, false, T + 1, T + 2, T + 3, 0)
            .on(Samples.lease(ODD, ALICE, LeaseState.FREE, new LeaseTimes(T, T, T, T + 86400)));
    BindingFacts facts = Samples.facts(told(free));

    assertThat(facts.statusUntil()).isEmpty();
    assertThat(facts.partnerLifetime()).isEmpty();
    assertThat(facts.acknowledged()).isEmpty();
  }

  @Test
  void whatHasAnEndSaysIt() {
    LeaseMarks marks = new LeaseMarks(true, false, false, T + 261000, 0, T + 70, T - 5);
    BindingFacts facts = Samples.facts(told(marks.on(Samples.given(ODD, ALICE, T))));

    assertThat(facts.statusUntil()).contains(time(T + 3600));
    assertThat(facts.partnerLifetime()).as("T1 and the desired time").contains(time(T + 261000));
    assertThat(facts.acknowledged()).contains(time(T + 70));
    assertThat(facts.partnerHeard()).contains(time(T - 5));
  }

  @Test
  void aClientIsHeardOnlyWhenItIs() {
    side.now = T + 3600;
    FailoverMessage update = told(Samples.ended(ODD, ALICE, LeaseState.EXPIRED, T + 3600));

    assertThat(Samples.facts(update).clientHeard()).contains(time(T));
    Lease unheard =
        Samples.DUE.on(
            Samples.lease(EVEN, ALICE, LeaseState.EXPIRED, new LeaseTimes(T, 0, T, T + 86400)));
    assertThat(Samples.facts(told(unheard)).clientHeard()).isEmpty();
  }

  @Test
  void noVirtualNetworkIsNamed() {
    FailoverMessage client = told(Samples.active(ODD, ALICE, T));
    FailoverMessage bare = told(Samples.handedOver(PREFIX, T));

    assertThat(Samples.container(client).network()).isEmpty();
    assertThat(Samples.container(bare).network()).isEmpty();
    assertThat(
            client.options().first(Dhcp6Options.CLIENT_DATA).orElseThrow().has(Dhcp6OptionCode.VSS))
        .isFalse();
  }

  @Test
  void whatIsAskedBackIsFreeForThePartner() {
    Lease askedBack =
        Samples.DUE.on(
            Samples.lease(
                PREFIX,
                ClientIdentity.NONE,
                LeaseState.PENDING_FREE,
                new LeaseTimes(T, 0, T, LeaseTimes.NEVER)));
    FailoverMessage update = told(askedBack);

    assertThat(Samples.container(update)).isInstanceOf(PrefixBinding.class);
    assertThat(Samples.facts(update).status()).contains(BindingStatus.FREE);
  }

  @Test
  void whatNobodyHasIsToldOfNobody() {
    Lease declined =
        Samples.DUE.on(
            Samples.lease(
                ODD, ClientIdentity.NONE, LeaseState.ABANDONED, new LeaseTimes(T, T, T, T + 600)));
    ClientBinding client = (ClientBinding) Samples.container(told(declined));

    assertThat(client.client().map(Nobody::clientOf)).contains(ClientIdentity.NONE);
  }

  @Test
  void whatIsNotInUseAgainSinceAWhileIsNotOutOfUseForGood() {
    Lease over =
        Samples.DUE.on(
            Samples.lease(
                ODD,
                ClientIdentity.NONE,
                LeaseState.ABANDONED,
                new LeaseTimes(T - 600, 0, 0, T - 300)));

    assertThat(Samples.facts(told(over)).statusUntil()).contains(time(T - 300));
  }

  @Test
  void noTimeIsTooFarAway() {
    Lease lease =
        new LeaseMarks(true, false, false, T + 4_000_000_000L - T, 0, 0, 0)
            .on(
                Samples.lease(
                    ODD,
                    ALICE,
                    LeaseState.ACTIVE,
                    new LeaseTimes(T, T, LeaseTimes.NEVER, LeaseTimes.NEVER)));
    BindingFacts facts = Samples.facts(told(lease));

    AbsoluteTime last = time(T + AbsoluteTime.MOST_AHEAD_SECONDS);
    assertThat(facts.statusUntil()).contains(last);
    assertThat(facts.partnerLifetime()).contains(last);
  }

  @Test
  void clientOfDhcp4WithoutItsNameIsNotTold() {
    side.down();
    side.offersDhcp4 = true;
    side.up(1);
    Lease lease =
        Samples.active(
            io.leasehold.lease.LeaseKey.address(
                io.leasehold.net.Family.IPV4, io.leasehold.net.Ipv6.ofText("::ffff:192.0.2.1")),
            ALICE,
            T);
    side.write(lease);

    assertThat(side.sent).isEmpty();
    assertThat(side.warnings).hasSize(1);
  }
}
