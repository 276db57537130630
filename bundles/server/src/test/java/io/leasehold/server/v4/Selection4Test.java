// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Query.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v4.Dhcp4MessageType;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.hook.LeaseVerdict;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.SelectedLease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.server.protocol.TestInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Interceptors that look at leases of DHCPv4: chosen, and committed. */
class Selection4Test {
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
                    SelectedLease lease, Dhcp4Message message, PacketContext context) {
                  selected.add(lease);
                  return verdict;
                }

                @Override
                public void committed(
                    List<LeaseChange> changes, Dhcp4Message message, PacketContext context) {
                  changes.forEach(change -> committed.add(change.key().toString()));
                }
              }),
          TestServer.lab().link());

  @Test
  void aRefusedOfferIsNotMade() {
    verdict = LeaseVerdict.REFUSE;

    assertThat(server.ask(Query.discover(ALICE))).isNull();
    assertThat(server.count("pkt4-drop-interceptor")).isEqualTo(1);
    assertThat(selected).singleElement().matches(lease -> !lease.renewed());
  }

  @Test
  void aRefusedRequestGetsANak() {
    var address = server.serve(ALICE);
    verdict = LeaseVerdict.REFUSE;

    Dhcp4Message reply = server.ask(Query.request(ALICE).to(TestServer.ADDRESS).wanting(address));

    assertThat(reply.type()).isEqualTo(Dhcp4MessageType.NAK);
    assertThat(server.lease(address.toString()).state().word()).isEqualTo("active");
    assertThat(selected.get(selected.size() - 1).renewed()).isTrue();
  }

  @Test
  void theCommitIsToldOnlyAfterwards() {
    var address = server.serve(ALICE);
    assertThat(committed).isEmpty();
    server.last.afterwardsOrNull().run();
    assertThat(committed).containsExactly(address.toString());

    server.ask(Query.release(ALICE).having(address.toString()));
    server.last.afterwardsOrNull().run();
    assertThat(committed).hasSize(2);
  }
}
