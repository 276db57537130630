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

class InterceptorsTest {
  private interface Look {
    Optional<ClientServerMessage> at(Moment moment, ClientServerMessage message);
  }

  private static PacketInterceptor hook(Look look) {
    return new TestInterceptor() {
      @Override
      public Optional<ClientServerMessage> message(
          Moment moment, ClientServerMessage message, PacketContext context) {
        assertThat(context.interfaceName()).isEqualTo("eth1");
        return look.at(moment, message);
      }
    };
  }

  private static TestServer server(Look... looks) {
    List<PacketInterceptor> hooks = List.of(looks).stream().map(InterceptorsTest::hook).toList();
    return new TestServer(hooks, SubnetBuilder.lab().link());
  }

  private static ClientServerMessage with(ClientServerMessage message, int code, String hex) {
    return new ClientServerMessage(
        message.type(),
        message.transactionId(),
        message.options().toBuilder().add(code, Bytes.ofHex(hex)).build());
  }

  @Test
  void messagesMayBeChangedOnTheWayInAndOut() {
    TestServer server =
        server(
            (moment, message) ->
                Optional.of(
                    moment == Moment.SENDING
                        ? with(message, 65001, "01")
                        : with(message, 3, "000000020000000000000000")),
            (moment, message) ->
                Optional.of(moment == Moment.SENDING ? with(message, 65001, "02") : message));

    var reply = server.ask(request(ALICE));

    assertThat(Answers.addresses(reply, 2)).hasSize(1);
    assertThat(reply.options().allRaw(65001)).containsExactly(Bytes.of(1), Bytes.of(2));
  }

  @Test
  void droppedMessagesChangeNothing() {
    for (Moment moment : List.of(Moment.RECEIVED, Moment.SENDING)) {
      TestServer server =
          server((when, message) -> when == moment ? Optional.empty() : Optional.of(message));

      assertThat(server.ask(request(ALICE).na(1))).isNull();
      assertThat(server.table.size()).isZero();
      assertThat(server.count("pkt6-drop-interceptor")).isEqualTo(1);
    }
  }

  @Test
  void failingInterceptorIsSkippedAndCounted() {
    TestServer server =
        server(
            (moment, message) -> {
              throw new IllegalStateException("no");
            },
            (moment, message) -> null);

    assertThat(server.ask(request(ALICE).na(1))).isNotNull();
    assertThat(server.count("interceptor-failed")).isEqualTo(4);
  }
}
