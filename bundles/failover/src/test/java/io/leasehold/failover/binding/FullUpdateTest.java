// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.binding;

import static io.leasehold.failover.binding.Samples.ALICE;
import static io.leasehold.failover.binding.Samples.EVEN;
import static io.leasehold.failover.binding.Samples.ODD;
import static io.leasehold.failover.binding.Samples.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.failover.BindingFacts;
import io.leasehold.codec.failover.BindingStatus;
import io.leasehold.codec.failover.FailoverMessage;
import io.leasehold.codec.failover.ServerState;
import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6StatusCode;
import io.leasehold.codec.v6.StatusCode;
import io.leasehold.failover.lease.LeaseMarks;
import io.leasehold.failover.lease.Role;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FullUpdateTest {
  private static final long T = Samples.T;
  private final Side side = new Side(Role.PRIMARY).connect(64);

  private void accept(FailoverMessage update) {
    side.take(
        Dhcp6MessageType.BNDREPLY,
        update.transactionId(),
        Samples.answer(update, Optional.empty()));
  }

  private List<FailoverMessage> updates() {
    return side.all(Dhcp6MessageType.BNDUPD);
  }

  private void isDone(int... ids) {
    assertThat(side.sent)
        .extracting(FailoverMessage::transactionId)
        .containsExactly(java.util.Arrays.stream(ids).boxed().toArray(Integer[]::new));
    assertThat(side.all(Dhcp6MessageType.UPDDONE)).hasSize(ids.length);
  }

  @Test
  void askedForWhatIsNotAcknowledgedThatIsSent() {
    side.write(Samples.active(ODD, ALICE, T));
    LeaseMarks known = LeaseMarks.NONE.withAcked(T + 7200);
    side.write(known.on(Samples.given(EVEN, ALICE, T)));
    side.take(Dhcp6MessageType.UPDREQ, 9, Options.EMPTY);
    List<FailoverMessage> updates = updates();

    assertThat(updates).hasSize(1);
    assertThat(Samples.leases(updates.get(0))).hasSize(1);
    accept(updates.get(0));
    isDone(9);
    side.take(Dhcp6MessageType.UPDREQ, 10, Options.EMPTY);
    isDone(10);
  }

  @Test
  void askedForEverythingEverythingIsSent() {
    side.write(Samples.active(ODD, ALICE, T));
    side.write(
        new LeaseMarks(false, false, false, 0, T + 777, 0, 0).on(Samples.given(EVEN, ALICE, T)));
    side.write(LeaseMarks.NONE.on(Samples.handedOver(PREFIX, T)));
    side.take(Dhcp6MessageType.UPDREQALL, 9, Options.EMPTY);
    List<FailoverMessage> updates = updates();

    assertThat(updates.stream().mapToInt(each -> Samples.leases(each).size()).sum()).isEqualTo(3);
    assertThat(Samples.leases(updates.get(0)).get(1).facts().partnerLifetime())
        .as("what was acknowledged once is said again")
        .contains(Samples.time(T + 777));
    updates.forEach(this::accept);
    isDone(9);
  }

  @Test
  void moreThanOnePageIsSent() {
    for (int i = 0; i < 1000; i++) {
      LeaseKey key = LeaseKey.address(Ipv6.ofText("2001:db8:1::").plus(2L * i + 1));
      Duid duid = new Duid(Bytes.ofHex("0003000102%010x".formatted(i)));
      side.write(Samples.given(key, ClientIdentity.of(duid), T));
    }
    side.take(Dhcp6MessageType.UPDREQALL, 9, Options.EMPTY);
    int told = 0;
    while (side.bindings.unanswered() > 0) {
      assertThat(side.bindings.unanswered()).isLessThanOrEqualTo(64);
      FailoverMessage update = side.next();
      told += Samples.leases(update).size();
      accept(update);
    }

    assertThat(told).isEqualTo(1000);
    isDone(9);
  }

  @Test
  void doneIsSaidAfterTheLastAnswerWhateverItSays() {
    side.write(Samples.active(ODD, ALICE, T));
    side.write(Samples.active(PREFIX, ClientIdentity.of(new Duid(Bytes.ofHex("00030001ff"))), T));
    side.take(Dhcp6MessageType.UPDREQ, 9, Options.EMPTY);
    List<FailoverMessage> updates = updates();
    accept(updates.get(0));
    assertThat(side.sent).isEmpty();
    side.take(
        Dhcp6MessageType.BNDREPLY,
        updates.get(1).transactionId(),
        Samples.answer(
            updates.get(1), Optional.of(new StatusCode(Dhcp6StatusCode.UNSPEC_FAIL, ""))));

    isDone(9);
  }

  @Test
  void aSecondRequestJoinsTheFirstAndEachIsAnswered() {
    side.write(Samples.active(ODD, ALICE, T));
    side.take(Dhcp6MessageType.UPDREQ, 9, Options.EMPTY);
    List<FailoverMessage> first = updates();
    side.take(Dhcp6MessageType.UPDREQALL, 10, Options.EMPTY);
    assertThat(updates()).as("it is on its way").isEmpty();
    accept(first.get(0));

    isDone(9, 10);
  }

  @Test
  void newChangesDoNotDelayTheEnd() {
    side.bindings.sending(true, side.moment());
    side.settle();
    side.write(Samples.active(ODD, ALICE, T));
    side.take(Dhcp6MessageType.UPDREQ, 9, Options.EMPTY);
    List<FailoverMessage> first = updates();
    side.write(Samples.active(PREFIX, ALICE, T));
    assertThat(updates()).hasSize(1);
    accept(first.get(0));

    isDone(9);
  }

  @Test
  void withTheConnectionARequestIsForgotten() {
    side.write(Samples.active(ODD, ALICE, T));
    side.take(Dhcp6MessageType.UPDREQ, 9, Options.EMPTY);
    side.down();
    side.connect(64);

    assertThat(side.sent).isEmpty();
  }

  @Test
  void whatWasAskedForIsDoneWhenItIsDurable() {
    side.bindings.request(true, side.moment());
    side.settle();
    FailoverMessage request = side.next();
    assertThat(request.type()).isEqualTo(Dhcp6MessageType.UPDREQALL);
    side.isStoreSlow = true;
    side.take(Dhcp6MessageType.BNDUPD, 5, Samples.bare(PREFIX, BindingStatus.FREE_BACKUP, T));
    side.take(Dhcp6MessageType.UPDDONE, request.transactionId() ^ 1, Options.EMPTY);
    side.take(Dhcp6MessageType.UPDDONE, request.transactionId(), Options.EMPTY);
    assertThat(side.told).isEmpty();
    side.store();

    assertThat(side.told).containsExactly("request done");
    assertThat(side.lease(PREFIX).state()).isEqualTo(LeaseState.FREE_BACKUP);
  }

  /** It may have extended before the disk was lost what the partner has seen end. */
  @ParameterizedTest
  @CsvSource({
    "RECOVER, true, EXPIRED, true",
    "RECOVER, true, RELEASED, true",
    "RECOVER, true, ABANDONED, false",
    "RECOVER, false, EXPIRED, false",
    "NORMAL, true, EXPIRED, false"
  })
  void whoLearnsEverythingInRecoverAcknowledgesNoEnd(
      ServerState state, boolean all, BindingStatus status, boolean isRefused) {
    side.state = state;
    side.bindings.request(all, side.moment());
    side.settle();
    side.sent.clear();
    BindingFacts ended =
        BindingFacts.builder()
            .status(status, Samples.time(T - 60))
            .clientHeard(Samples.time(T - 3660))
            .build();
    side.take(Dhcp6MessageType.BNDUPD, 5, Samples.update(ODD, ended, T));

    assertThat(Samples.facts(side.next()).error().map(StatusCode::code))
        .isEqualTo(
            isRefused
                ? Optional.of(Dhcp6StatusCode.OUTDATED_BINDING_INFORMATION)
                : Optional.empty());
    assertThat(side.lease(ODD) != null && side.lease(ODD).state() == LeaseState.ACTIVE).isFalse();
  }

  @Test
  void onlyTheAnswerToTheRequestEndsIt() {
    side.bindings.request(false, side.moment());
    side.settle();
    FailoverMessage request = side.next();
    side.take(Dhcp6MessageType.UPDDONE, request.transactionId() ^ 1, Options.EMPTY);
    assertThat(side.told).isEmpty();
    side.take(Dhcp6MessageType.UPDDONE, request.transactionId(), Options.EMPTY);
    side.take(Dhcp6MessageType.UPDDONE, request.transactionId(), Options.EMPTY);

    assertThat(side.told).containsExactly("request done");
  }

  @Test
  void whatCouldNotBeStoredIsNotDone() {
    side.bindings.request(true, side.moment());
    side.settle();
    FailoverMessage request = side.next();
    side.isStoreBroken = true;
    side.take(Dhcp6MessageType.BNDUPD, 5, Samples.bare(PREFIX, BindingStatus.FREE_BACKUP, T));
    side.take(Dhcp6MessageType.UPDDONE, request.transactionId(), Options.EMPTY);

    assertThat(side.told).containsExactly("stalled: what the partner sent could not be stored");
  }

  @Test
  void aRequestThatDoesNotGoOnIsStalled() {
    side.bindings.request(false, side.moment());
    side.at(T + 200);
    side.take(Dhcp6MessageType.BNDUPD, 5, Samples.bare(PREFIX, BindingStatus.FREE_BACKUP, T));
    side.at(T + 499);
    assertThat(side.told).isEmpty();
    side.at(T + 500);

    assertThat(side.told).containsExactly("stalled: the update that was asked for does not go on");
  }
}
