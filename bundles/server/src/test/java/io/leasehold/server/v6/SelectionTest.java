// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.release;
import static io.leasehold.server.v6.ClientMessage.renew;
import static io.leasehold.server.v6.ClientMessage.request;
import static io.leasehold.server.v6.ClientMessage.solicit;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.hook.LeaseVerdict;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.SelectedLease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseState;
import io.leasehold.server.explain.Captured;
import io.leasehold.server.protocol.TestInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Interceptors that look at leases: chosen, and committed. */
class SelectionTest {
  private final List<SelectedLease> selected = new ArrayList<>();
  private final List<String> committed = new ArrayList<>();
  private LeaseVerdict verdict = LeaseVerdict.GRANT;

  private final TestServer server =
      new TestServer(
          List.of(
              new TestInterceptor() {
                @Override
                public Optional<ClientServerMessage> message(
                    Moment moment, ClientServerMessage message, PacketContext context) {
                  return Optional.of(message);
                }

                @Override
                public LeaseVerdict selected(
                    SelectedLease lease, ClientServerMessage message, PacketContext context) {
                  selected.add(lease);
                  return verdict;
                }

                @Override
                public void committed(
                    List<LeaseChange> changes, ClientServerMessage message, PacketContext context) {
                  changes.forEach(change -> committed.add(change.key().toString()));
                }
              }),
          SubnetBuilder.lab().link());

  @Test
  void theChosenLeaseIsShownBeforeItIsGiven() {
    server.ask(request(ALICE).na(7));

    assertThat(selected).hasSize(1);
    SelectedLease lease = selected.get(0);
    assertThat(lease.key()).hasToString("2001:db8:1::10");
    assertThat(lease.subnetId()).isEqualTo(1);
    assertThat(lease.iaid()).isEqualTo(7);
    assertThat(lease.validSeconds()).isEqualTo(4000);
    assertThat(lease.renewed()).isFalse();

    server.ask(renew(ALICE).na(7, "2001:db8:1::10"));
    assertThat(selected.get(1).renewed()).isTrue();
  }

  @Test
  void whoIsRefusedGetsNothing() {
    verdict = LeaseVerdict.REFUSE;

    ClientServerMessage advertise = server.ask(solicit(ALICE).na(7));
    ClientServerMessage reply = server.ask(request(ALICE).na(7));

    assertThat(Answers.addresses(advertise, 7)).isEmpty();
    assertThat(Answers.addresses(reply, 7)).isEmpty();
    assertThat(server.table.size()).isZero();
  }

  @Test
  void whoIsRefusedWhatItHasIsToStopAndNobodyGetsIt() {
    server.ask(request(ALICE).na(7));
    verdict = LeaseVerdict.REFUSE;

    ClientServerMessage reply = server.ask(renew(ALICE).na(7, "2001:db8:1::10"));

    assertThat(Answers.addresses(reply, 7)).containsExactly("2001:db8:1::10 0/0");
    assertThat(server.address("2001:db8:1::10").state()).isEqualTo(LeaseState.ACTIVE);
    assertThat(server.last.changes()).isEmpty();
  }

  @Test
  void theCommitIsToldOnlyAfterwards() {
    server.ask(request(ALICE).na(7));
    assertThat(committed).isEmpty();
    server.last.afterwardsOrNull().run();
    assertThat(committed).containsExactly("2001:db8:1::10");

    server.ask(release(ALICE).na(7, "2001:db8:1::10"));
    server.last.afterwardsOrNull().run();
    assertThat(committed).hasSize(2);

    server.ask(solicit(ALICE).na(7));
    assertThat(server.last.afterwardsOrNull()).as("nothing has changed").isNull();
  }

  private static TestInterceptor answering(LeaseVerdict verdict, List<Boolean> trials) {
    return new TestInterceptor() {
      @Override
      public Optional<ClientServerMessage> message(
          Moment moment, ClientServerMessage message, PacketContext context) {
        trials.add(context.trial());
        return Optional.of(message);
      }

      @Override
      public LeaseVerdict selected(
          SelectedLease lease, ClientServerMessage message, PacketContext context) {
        return verdict;
      }
    };
  }

  @Test
  void oneThatRefusesIsEnough() {
    TestServer two =
        new TestServer(
            List.of(
                answering(LeaseVerdict.GRANT, new ArrayList<>()),
                answering(LeaseVerdict.REFUSE, new ArrayList<>())),
            SubnetBuilder.lab().link());

    assertThat(Answers.addresses(two.ask(request(ALICE).na(7)), 7)).isEmpty();
  }

  @Test
  void aTrialIsCalledOne() {
    List<Boolean> trials = new ArrayList<>();
    TestServer asked =
        new TestServer(List.of(answering(LeaseVerdict.GRANT, trials)), SubnetBuilder.lab().link());

    asked.ask(
        solicit(ALICE).na(7).build(),
        TestServer.ON_ETH1.explainedTo(new Captured().listener(true)));
    assertThat(trials).containsExactly(true, true);

    asked.ask(solicit(ALICE).na(7));
    assertThat(trials).containsExactly(true, true, false, false);
  }
}
