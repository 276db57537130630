// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.v4;

import static io.leasehold.server.v4.Answers.brief;
import static io.leasehold.server.v4.Answers.hex;
import static io.leasehold.server.v4.Query.ALICE;
import static io.leasehold.server.v4.Query.discover;
import static io.leasehold.server.v4.TestServer.lab;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v4.Dhcp4Message;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv4;
import io.leasehold.server.protocol.TestInterceptor;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

class Dhcp4InterceptorsTest {
  /** An interceptor that was made for DHCPv6 alone. */
  private static class OfDhcp6 extends TestInterceptor {
    @Override
    public Optional<ClientServerMessage> message(
        Moment moment, ClientServerMessage message, PacketContext context) {
      throw new AssertionError("this is DHCPv4");
    }
  }

  private static TestServer server(BiFunction<Moment, Dhcp4Message, Optional<Dhcp4Message>> look) {
    PacketInterceptor hook =
        new OfDhcp6() {
          @Override
          public Optional<Dhcp4Message> message(
              Moment moment, Dhcp4Message message, PacketContext context) {
            assertThat(context.interfaceName()).isEqualTo("eth1");
            return look.apply(moment, message);
          }
        };
    return new TestServer(List.of(hook), lab().link());
  }

  @Test
  void messagesMayBeChangedOnTheWayInAndOut() {
    TestServer server =
        server(
            (moment, message) -> {
              int code = moment == Moment.RECEIVED ? 50 : 224;
              Bytes value = Ipv4.ofText("192.0.2.20").bytes();
              return Optional.of(
                  message.toBuilder()
                      .options(message.options().toBuilder().set(code, value).build())
                      .build());
            });

    Dhcp4Message offer = server.ask(discover(ALICE));

    assertThat(brief(offer)).isEqualTo("offer 192.0.2.20 4000");
    assertThat(hex(offer, 224)).isEqualTo("c0000214");
  }

  @Test
  void droppedMessagesChangeNothing() {
    for (Moment moment : List.of(Moment.RECEIVED, Moment.SENDING)) {
      TestServer server =
          server((when, message) -> when == moment ? Optional.empty() : Optional.of(message));

      assertThat(server.ask(Query.request(ALICE).to(TestServer.ADDRESS).wanting("192.0.2.16")))
          .isNull();
      assertThat(server.table.size()).isZero();
      assertThat(server.count("pkt4-drop-interceptor")).isEqualTo(1);
    }
  }

  @Test
  void whoeverCaresForDhcp6AloneIsNotDisturbed() {
    TestServer server = new TestServer(List.of(new OfDhcp6()), lab().link());

    assertThat(brief(server.ask(discover(ALICE)))).isEqualTo("offer 192.0.2.16 4000");
    assertThat(server.count("interceptor-failed")).isZero();
  }
}
