// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v6;

import static io.leasehold.server.v6.ClientMessage.ALICE;
import static io.leasehold.server.v6.ClientMessage.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.net.Bytes;
import io.leasehold.server.protocol.TestInterceptor;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An error in the program costs one packet and no lease. */
class DefectTest {
  /** Makes a reply that cannot be encoded, which nothing on the way expects. */
  private static final PacketInterceptor SABOTAGE =
      new TestInterceptor() {
        @Override
        public Optional<ClientServerMessage> message(
            Moment moment, ClientServerMessage message, PacketContext context) {
          return Optional.of(moment == Moment.SENDING ? oversize(message) : message);
        }
      };

  private static ClientServerMessage oversize(ClientServerMessage message) {
    Bytes big = Bytes.wrap(new byte[60_000]);
    return new ClientServerMessage(
        message.type(),
        message.transactionId(),
        message.options().toBuilder().add(65_001, big).add(65_002, big).build());
  }

  @Test
  void replyThatDoesNotFitIsNotSentAndChangesNothing() {
    TestServer server = new TestServer(List.of(SABOTAGE), SubnetBuilder.lab().link());

    assertThat(server.ask(request(ALICE).na(1))).isNull();
    assertThat(server.table.size()).isZero();
    assertThat(server.last.changes()).isEmpty();
    assertThat(server.count("pkt6-drop-reply-too-long")).isEqualTo(1);
  }

  @Test
  void errorInTheHandlerChangesNothing() {
    TestServer server = new TestServer(SubnetBuilder.lab().link());

    // A request that no intake makes: its place is missing although its link has leases.
    assertThat(server.askWithoutPlace(ClientMessage.rebind(ALICE).na(1, "2001:db8:1::10")))
        .isNull();
    assertThat(server.table.size()).isZero();
    assertThat(server.count("pkt6-drop-defect")).isEqualTo(1);
    assertThat(server.count("pkt6-receive-drop")).isEqualTo(1);
  }
}
