// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.server.metric.Counters;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When an interceptor is asked, and when no longer. */
class HookTest {
  private static final PacketInterceptor PLAIN =
      new TestInterceptor() {
        @Override
        public Optional<ClientServerMessage> message(
            Moment moment, ClientServerMessage message, PacketContext context) {
          return Optional.of(message);
        }
      };
  private static final long TOO_LONG = Patience.USUAL.budget().toNanos() + 1;

  private final Counters counters = new Counters();
  private long now;
  private final HookBook book = new HookBook(Patience.USUAL, () -> now, counters);
  private final Hook hook = book.use(List.of(PLAIN)).get(0);

  private void fail() {
    hook.ask(
        () -> {
          throw new IllegalStateException("broken");
        },
        "");
  }

  private void take(long nanos) {
    hook.ask(
        () -> {
          now += nanos;
          return "";
        },
        "");
  }

  @Test
  void failuresInARowDisableIt() {
    for (int i = 1; i < Patience.USUAL.failures(); i++) {
      fail();
    }
    take(1);
    for (int i = 1; i < Patience.USUAL.failures(); i++) {
      fail();
    }
    assertThat(hook.disabled()).as("one that went well came between").isEmpty();

    fail();
    assertThat(hook.disabled()).contains("10 times in a row", "broken");
    assertThat(hook.<String>ask(() -> "asked", "not asked")).isEqualTo("not asked");
    assertThat(book.alarms()).singleElement().asString().contains("dhcp:interceptor-enable test");
    assertThat(counters.of("interceptor-disabled")).isEqualTo(1);
  }

  @Test
  void aLinkageErrorIsAFailureToo() {
    assertThat(
            hook.<String>ask(
                () -> {
                  throw new NoClassDefFoundError("gone");
                },
                "as it was"))
        .isEqualTo("as it was");
    assertThat(counters.of("interceptor-failed")).isEqualTo(1);
  }

  @Test
  void oneThatIsTooSlowTooOftenIsDisabled() {
    for (int i = 0; i < Hook.FORGIVEN; i++) {
      take(TOO_LONG);
    }
    assertThat(hook.disabled()).as("so many are forgiven").isEmpty();
    assertThat(book.alarms()).singleElement().asString().contains("takes longer");

    take(TOO_LONG);
    assertThat(hook.disabled()).contains("21 of 21 calls within a minute");
    assertThat(counters.of("interceptor-over-budget")).isEqualTo(21);
  }

  @Test
  void oneSlowCallInHundredIsBorne() {
    for (int i = 0; i < 5000; i++) {
      take(i % 150 == 0 ? TOO_LONG : 1);
    }
    assertThat(hook.disabled()).isEmpty();
  }

  @Test
  void whatIsLongAgoDoesNotCount() {
    for (int i = 0; i < 5 * Hook.FORGIVEN; i++) {
      take(TOO_LONG);
      now += TimeUnit.SECONDS.toNanos(10);
    }
    assertThat(hook.disabled()).isEmpty();

    now += TimeUnit.MINUTES.toNanos(2);
    assertThat(book.alarms()).isEmpty();
  }

  @Test
  void itIsAskedAgainWhenAnOperatorSaysSo() {
    for (int i = 0; i < Patience.USUAL.failures(); i++) {
      fail();
    }
    assertThat(book.enable("nobody")).isFalse();
    assertThat(book.enable("test")).isTrue();

    assertThat(hook.<String>ask(() -> "asked", "not asked")).isEqualTo("asked");
    assertThat(book.alarms()).isEmpty();
  }

  @Test
  void howItDoesOutlivesAPlanAndNotItsRegistration() {
    take(5);
    assertThat(book.use(List.of(PLAIN)).get(0)).isSameAs(hook);
    assertThat(hook.status("b").calls()).isEqualTo(1);
    assertThat(hook.status("b").longest()).isEqualTo(Duration.ofNanos(5));

    book.use(List.of());
    assertThat(book.use(List.of(PLAIN)).get(0)).isNotSameAs(hook);
  }

  @Test
  void howMuchIsBorneCanBeSaid() {
    HookBook patient =
        new HookBook(new Patience(Duration.ofMillis(50), 3), () -> now, new Counters());
    Hook slow = patient.use(List.of(PLAIN)).get(0);
    for (int i = 0; i < 2 * Hook.FORGIVEN; i++) {
      slow.ask(
          () -> {
            now += TimeUnit.MILLISECONDS.toNanos(50);
            return "";
          },
          "");
    }
    assertThat(slow.status("").overBudget()).isZero();

    slow.ask(() -> null, "");
    slow.ask(() -> null, "");
    assertThat(slow.disabled()).isEmpty();
    slow.ask(() -> null, "");
    assertThat(slow.disabled()).contains("3 times in a row");
  }

  @Test
  void trialsAreCountedForNobody() {
    Hook onTrial = book.onTrial().get(0);
    onTrial.ask(() -> null, "");

    assertThat(hook.status("").calls()).isZero();
    assertThat(counters.snapshot()).isEmpty();
    for (int i = 0; i < Patience.USUAL.failures(); i++) {
      fail();
    }
    assertThat(book.onTrial()).as("who is disabled is not asked").isEmpty();
  }
}
