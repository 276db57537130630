// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.leasehold.net.Ipv6;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration file. */
final class UserSettingsTest {
  private static Map<String, String> keys(String... more) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("registrars", "tls://[2001:db8::9] tls://192.0.2.9:13864?peer=reg2&channel=other");
    keys.put("channel", "registrars");
    for (int i = 0; i < more.length; i += 2) {
      keys.put(more[i], more[i + 1]);
    }
    return keys;
  }

  private static void assertRefused(String why, Map<String, String> keys) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UserSettings.read(keys))
        .withMessageContaining(why);
  }

  @Test
  void whatIsNotSaidHasGoodValues() {
    UserSettings settings = UserSettings.read(keys());

    assertThat(settings.request()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.retransmits()).isEqualTo(2);
    assertThat(settings.stale()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.hunt().firstRound()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.hunt().longestRound()).isEqualTo(Duration.ofSeconds(60));
    assertThat(settings.hunt().distrust()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void registrarsAreThoseThatAreNamed() {
    UserSettings settings = UserSettings.read(keys());

    assertThat(settings.hunt().places())
        .extracting(each -> each.to().remote())
        .containsExactly(Ipv6.ofText("2001:db8::9"), Ipv6.ofText("192.0.2.9"));
    assertThat(settings.hunt().places())
        .extracting(each -> each.to().port())
        .containsExactly(3864, 13864);
    assertThat(settings.hunt().places())
        .extracting(each -> each.to().channel())
        .containsExactly("registrars", "other");
    assertThat(settings.hunt().places().get(1).to().expected().peerId()).contains("reg2");
  }

  @Test
  @DisplayName("P-059: without a list of registrars a configuration is refused")
  void withoutRegistrarsItIsRefused() {
    assertRefused("registrars is empty", keys("registrars", ""));
    assertRefused("registrars is empty", Map.of());
  }

  @Test
  void protectedAndClearRegistrarsAreNotMixed() {
    assertRefused("all are tls://", keys("registrars", "tls://[2001:db8::9] tcp://[2001:db8::a]"));
    assertThat(UserSettings.read(keys("registrars", "tcp://[2001:db8::a]")).hunt().places())
        .allMatch(each -> each.to().inClear() && each.to().channel().equals("registrars"));
  }

  @Test
  void protectionIsNeverLeftOut() {
    assertRefused("channel", keys("channel", "", "registrars", "tls://[2001:db8::9]"));
    assertRefused("channel", keys("channel", "", "registrars", "tcp://[2001:db8::9]"));
  }

  @ParameterizedTest
  @CsvSource({
    "registrars,udp://[2001:db8::9]",
    "registrars,reg1.example.org",
    "request.seconds,0",
    "request.seconds,61",
    "request.retransmits,11",
    "request.retransmits,-1",
    "stale.seconds,0",
    "stale.seconds,3601",
    "hunt.seconds,61",
    "distrust.seconds,3601",
    "stale.secnds,30"
  })
  void otherValuesAreRefusedByName(String key, String value) {
    assertRefused(key, keys(key, value));
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnce() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> UserSettings.read(keys("registrars", "nobody", "stale.seconds", "x", "abc", "1")))
        .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(3));
  }

  @Test
  void registrarsAreBounded() {
    assertRefused("32 are enough, not 33", keys("registrars", "tls://[2001:db8::9] ".repeat(33)));
  }
}
