// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Constants;

/** In which order interceptors are asked. */
class HookControlTest {
  private record Named(String name) implements PacketInterceptor {
    @Override
    public String name() {
      if (name.isEmpty()) {
        throw new IllegalStateException("broken");
      }
      return name;
    }

    @Override
    public Optional<ClientServerMessage> message(
        Moment moment, ClientServerMessage message, PacketContext context) {
      return Optional.of(message);
    }
  }

  private static Map.Entry<Map<String, Object>, PacketInterceptor> ranked(
      Object ranking, PacketInterceptor interceptor) {
    return Map.entry(Map.of(Constants.SERVICE_RANKING, ranking), interceptor);
  }

  @Test
  void theHighestRankingComesFirstAndThenTheName() {
    Named first = new Named("z");
    Named a = new Named("a");
    Named b = new Named("b");
    Named last = new Named("c");

    assertThat(
            HookControl.inOrder(
                List.of(ranked(-1, last), ranked("7", b), ranked(5, first), ranked(0, a))))
        .containsExactly(first, a, b, last);
  }

  @Test
  void oneThatDoesNotTellItsNameHasThatOfItsClass() {
    Named nameless = new Named("");
    Named before = new Named("a");
    Named after = new Named("z");

    assertThat(
            HookControl.inOrder(List.of(ranked(0, after), ranked(0, nameless), ranked(0, before))))
        .containsExactly(before, nameless, after);
  }
}
