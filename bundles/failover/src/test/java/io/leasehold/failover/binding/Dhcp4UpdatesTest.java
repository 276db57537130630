// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.T;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.Dhcp4Binding;
import io.leasehold.codec.failover.Dhcp4Client;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.FailoverOptionCode;
import io.leasehold.codec.option.Option;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Family;
import io.leasehold.net.HardwareAddress;
import io.leasehold.net.Ipv4;
import io.leasehold.net.Ipv6;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Leases of DHCPv4 between partners that have both offered them. */
class Dhcp4UpdatesTest {
  private static final LeaseKey KEY = key("192.0.2.10");
  private static final Bytes HARDWARE = Bytes.ofHex("0001020000000001");
  private static final ClientIdentity BY_ID =
      new ClientIdentity(ClientIdentity.Type.CLIENT_ID, Bytes.ofHex("01020304"));
  private static final ClientIdentity BY_HARDWARE =
      new ClientIdentity(ClientIdentity.Type.HARDWARE, Bytes.ofHex("01020000000001"));

  private final Side primary = side(Role.PRIMARY);
  private final Side secondary = side(Role.SECONDARY);

  private static LeaseKey key(String address) {
    return LeaseKey.address(Family.IPV4, Ipv6.mapped(Ipv4.ofText(address)));
  }

  private static Side side(Role role) {
    Side side = new Side(role);
    side.offersDhcp4 = true;
    return side.up(4);
  }

  /** A lease as a server records it. */
  private static Lease active(LeaseKey key, ClientIdentity client, long at) {
    LeaseDetails details = LeaseDetails.NONE.with(LeaseDetails.HARDWARE_ADDRESS, HARDWARE);
    return new LeaseMarks(true, false, false, at + 9000, 0, 0, 0)
        .on(
            new Lease(
                key,
                7,
                client,
                0,
                LeaseState.ACTIVE,
                new LeaseTimes(at, at, at + 3600, at + 3600),
                details));
  }

  private static Dhcp4Binding binding(FailoverMessage message) {
    return (Dhcp4Binding) Samples.container(message);
  }

  /** Everything that was said arrives. */
  private void deliver() {
    while (!primary.sent.isEmpty() || !secondary.sent.isEmpty()) {
      primary.handTo(secondary);
      secondary.handTo(primary);
    }
  }

  private static StatusCode refusal(Options answer) {
    return answer.first(Dhcp6Options.STATUS_CODE).orElseThrow();
  }

  @Test
  void clientIsNamedAsItsLeaseNamesIt() {
    primary.write(active(KEY, BY_ID, T));
    Dhcp4Binding told = binding(primary.next());

    assertThat(told.client())
        .contains(new Dhcp4Client(Dhcp4Client.Kind.CLIENT_ID, Bytes.ofHex("01020304")));
    assertThat(told.hardware()).contains(new HardwareAddress(1, Bytes.ofHex("020000000001")));
    assertThat(told.lease().unit().address()).isEqualTo(KEY.address());
    assertThat(told.lease().validSeconds()).isEqualTo(3600);
    assertThat(told.lease().facts().status()).contains(BindingStatus.ACTIVE);
    assertThat(told.lease().facts().clientHeard()).contains(Samples.time(T));
    assertThat(told.lease().facts().partnerLifetime()).contains(Samples.time(T + 9000));
  }

  @Test
  void leaseIsTheSameOnBothSidesAndItsLifetimeIsAcknowledged() {
    primary.write(active(KEY, BY_HARDWARE, T));
    secondary.write(active(key("192.0.2.11"), BY_ID, T));
    deliver();

    for (Side side : new Side[] {primary, secondary}) {
      Lease lease = side.lease(KEY);
      assertThat(lease.client()).isEqualTo(BY_HARDWARE);
      assertThat(lease.state()).isEqualTo(LeaseState.ACTIVE);
      assertThat(lease.times().expires()).isEqualTo(T + 3600);
      assertThat(lease.hardwareAddress())
          .contains(new HardwareAddress(1, Bytes.ofHex("020000000001")));
      assertThat(side.lease(key("192.0.2.11")).client()).isEqualTo(BY_ID);
      assertThat(side.marks(KEY).isDue()).isFalse();
    }
    assertThat(primary.marks(KEY).acked()).isEqualTo(T + 9000);
    assertThat(secondary.marks(KEY).ours()).isEqualTo(T + 9000);
    assertThat(secondary.marks(KEY).partnerHeard()).isEqualTo(T);
  }

  /** RFC 8156 section 4.2.2: nobody else gets it before the partner knows. */
  @Test
  void whatIsGivenBackIsFreeWhenBothKnow() {
    primary.write(active(KEY, BY_ID, T));
    deliver();
    primary.at(T + 3700);
    secondary.at(T + 3700);
    primary.write(Samples.ended(KEY, BY_ID, LeaseState.RELEASED, T + 3700));
    assertThat(primary.lease(KEY).state()).isEqualTo(LeaseState.RELEASED);
    deliver();

    assertThat(primary.lease(KEY).state()).isEqualTo(LeaseState.FREE);
    assertThat(secondary.lease(KEY).state()).isEqualTo(LeaseState.FREE);
  }

  @Test
  void addressChangesHandsWithoutAClient() {
    primary.write(Samples.handedOver(KEY, T));
    Dhcp4Binding told = binding(primary.sent.peek());
    assertThat(told.client()).isEmpty();
    assertThat(told.lease().facts().status()).contains(BindingStatus.FREE_BACKUP);
    deliver();

    assertThat(secondary.lease(KEY).state()).isEqualTo(LeaseState.FREE_BACKUP);
    assertThat(primary.marks(KEY).isDue()).isFalse();
  }

  /**
   * The secondary had it from before a cut, gave it meanwhile, and its client's time is over; the
   * primary could not know whether it was heard, and says again that it has handed it over.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void addressIsOneServersWhenAHandoverAndAnEndCross(boolean isAnsweredFirst) {
    primary.down();
    secondary.down();
    primary.write(Samples.handedOver(KEY, T));
    secondary.write(Samples.ended(KEY, BY_ID, LeaseState.EXPIRED, T + 7200));
    for (Side side : new Side[] {primary, secondary}) {
      side.at(T + 7300);
      side.up(4);
    }
    FailoverMessage handover = primary.sent.remove();
    secondary.handTo(primary);
    if (isAnsweredFirst) {
      primary.handTo(secondary);
      assertThat(secondary.lease(KEY).state()).isEqualTo(LeaseState.FREE);
    }
    secondary.take(handover);
    deliver();
    primary.at(T + 7400);
    secondary.at(T + 7400);
    deliver();

    assertThat(primary.lease(KEY).state()).isEqualTo(LeaseState.FREE_BACKUP);
    assertThat(secondary.lease(KEY).state()).isEqualTo(LeaseState.FREE_BACKUP);
    assertThat(primary.marks(KEY).isDue()).isFalse();
  }

  /** It was taken, its client had it for less than a second, and the answer comes too late. */
  @Test
  void answerToAHandoverIsNoneToTheNextOne() {
    primary.write(Samples.handedOver(KEY, T));
    FailoverMessage handover = primary.next();
    secondary.take(handover);
    FailoverMessage answer = secondary.next();
    secondary.write(Samples.ended(KEY, BY_ID, LeaseState.RELEASED, T));
    secondary.handTo(primary);
    primary.take(answer);
    deliver();

    assertThat(primary.lease(KEY).state()).isEqualTo(LeaseState.FREE_BACKUP);
    assertThat(secondary.lease(KEY).state()).isEqualTo(LeaseState.FREE_BACKUP);
  }

  @Test
  void declinedAddressHasNoClient() {
    primary.write(
        Samples.DUE.on(
            Samples.lease(
                KEY,
                ClientIdentity.NONE,
                LeaseState.ABANDONED,
                new LeaseTimes(T, T, T, T + 86400))));
    deliver();

    assertThat(secondary.lease(KEY).state()).isEqualTo(LeaseState.ABANDONED);
    assertThat(secondary.lease(KEY).client()).isEqualTo(ClientIdentity.NONE);
  }

  /** The same rule as for addresses of DHCPv6: RFC 8156 section 7.5.4. */
  @ParameterizedTest
  @EnumSource(Role.class)
  void ofTwoClientsThePrimarysStays(Role giver) {
    ClientIdentity other = new ClientIdentity(ClientIdentity.Type.CLIENT_ID, Bytes.ofHex("01ffff"));
    primary.down();
    secondary.down();
    primary.write(active(KEY, BY_ID, T));
    secondary.write(active(KEY, other, T));
    (giver == Role.PRIMARY ? primary : secondary).up(4);
    (giver == Role.PRIMARY ? secondary : primary).up(4);
    deliver();

    assertThat(primary.lease(KEY).client()).isEqualTo(BY_ID);
    assertThat(secondary.lease(KEY).client()).isEqualTo(BY_ID);
  }

  @Test
  void nothingIsSaidToAPartnerThatHasNotOfferedIt() {
    primary.down();
    primary.offersDhcp4 = false;
    primary.up(4);
    primary.write(active(KEY, BY_ID, T));
    primary.write(Samples.active(Samples.ODD, Samples.ALICE, T));

    assertThat(primary.all(Dhcp6MessageType.BNDUPD))
        .singleElement()
        .satisfies(
            update ->
                assertThat(Samples.leases(update).get(0).unit()).isEqualTo(Samples.ODD.asPrefix()));
    assertThat(primary.marks(KEY).isDue()).isTrue();
    assertThat(primary.warnings).isEmpty();

    primary.down();
    primary.offersDhcp4 = true;
    primary.up(4);
    assertThat(primary.all(Dhcp6MessageType.BNDUPD)).hasSize(2);
  }

  @Test
  void whoAsksForEverythingWithoutTheOfferGetsTheRest() {
    primary.down();
    primary.offersDhcp4 = false;
    primary.connect(4);
    primary.leases.put(KEY, active(KEY, BY_ID, T));
    primary.take(Dhcp6MessageType.UPDREQALL, 5, Options.EMPTY);

    assertThat(primary.next().type()).isEqualTo(Dhcp6MessageType.UPDDONE);
  }

  @Test
  void updateThatWasNotOfferedIsRefused() {
    primary.write(active(KEY, BY_ID, T));
    FailoverMessage update = primary.next();
    secondary.down();
    secondary.offersDhcp4 = false;
    secondary.up(4);
    secondary.take(update);

    Dhcp4Binding answer = binding(secondary.next());
    assertThat(answer.error().map(StatusCode::code)).contains(Dhcp6StatusCode.NOT_SUPPORTED);
    assertThat(secondary.lease(KEY)).isNull();
  }

  @Test
  void updateThatCannotBeReadIsRefused() {
    Options damaged =
        Options.of(new Option(FailoverOptionCode.DHCP4_DATA, Bytes.ofHex("000500010000")));
    secondary.take(Dhcp6MessageType.BNDUPD, 7, damaged);

    FailoverMessage answer = secondary.next();
    assertThat(answer.transactionId()).isEqualTo(7);
    assertThat(refusal(answer.options()).code())
        .isEqualTo(Dhcp6StatusCode.MISSING_BINDING_INFORMATION);
    assertThat(secondary.told).doesNotContain("stalled");
    assertThat(secondary.leases).isEmpty();
  }

  @Test
  void answerThatCannotBeReadAcknowledgesNothing() {
    primary.write(active(KEY, BY_ID, T));
    int id = primary.next().transactionId();
    primary.take(
        Dhcp6MessageType.BNDREPLY,
        id,
        Options.of(new Option(FailoverOptionCode.DHCP4_DATA, Bytes.ofHex("00"))));

    assertThat(primary.marks(KEY).isDue()).isTrue();
    assertThat(primary.marks(KEY).acked()).isZero();
  }

  @Test
  void activeLeaseHasAClientAndABaseTime() {
    BindingFacts facts = Samples.facts(BindingStatus.ACTIVE, T).build();
    Optional<Dhcp4Client> client =
        Optional.of(new Dhcp4Client(Dhcp4Client.Kind.HARDWARE, Bytes.ofHex("01020000000001")));
    secondary.take(
        Dhcp6MessageType.BNDUPD,
        1,
        Dhcp4Binding.update(
                Optional.empty(), Optional.empty(), Samples.time(T), Samples.bound(KEY, facts))
            .toOptions());
    assertThat(binding(secondary.next()).lease().facts().error().map(StatusCode::code))
        .contains(Dhcp6StatusCode.MISSING_BINDING_INFORMATION);

    BindingFacts without =
        BindingFacts.builder()
            .status(BindingStatus.ACTIVE, Samples.time(T))
            .statusUntil(Samples.time(T + 60))
            .partnerLifetime(Samples.time(T + 60))
            .build();
    secondary.take(
        Dhcp6MessageType.BNDUPD,
        2,
        new Dhcp4Binding(
                client,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Samples.bound(KEY, without))
            .toOptions());
    assertThat(binding(secondary.next()).error().map(StatusCode::code))
        .contains(Dhcp6StatusCode.MISSING_BINDING_INFORMATION);
    assertThat(secondary.leases).isEmpty();
  }

  @Test
  void addressOfAnotherSubnetIsRefused() {
    secondary.contains = key -> false;
    primary.write(active(KEY, BY_ID, T));
    primary.handTo(secondary);

    assertThat(Samples.facts(secondary.next()).error().map(StatusCode::code))
        .contains(Dhcp6StatusCode.CONFIGURATION_CONFLICT);
  }
}
