// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.rserpool.control.UserControl.Reaction;
import io.leasehold.rserpool.wire.Decoded;
import io.leasehold.rserpool.wire.ElementKey;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapCookie;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.BusinessCard;
import io.leasehold.rserpool.wire.asap.CookieEcho;
import io.leasehold.rserpool.wire.parameter.Cookie;
import io.leasehold.rserpool.wire.parameter.OperationError;
import io.leasehold.rserpool.wire.parameter.PoolElement;
import io.leasehold.rserpool.wire.parameter.PoolPolicy;
import io.leasehold.rserpool.wire.parameter.PortTransport;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Control channels between pool elements and a pool user. */
final class ControlTest {
  private static final PoolHandle POOL = PoolHandle.of("dhcp6-core");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration LIFE = Duration.ofMinutes(5);
  private static final Bytes STATE = Bytes.ofHex("000102030405060708090a0b0c0d0e0f");

  private final UserControl user = new UserControl(POOL);
  private final ElementControl first = element(POOL, 1, 7);
  private final ElementControl second = element(POOL, 2, 7);

  private static ElementControl element(PoolHandle pool, long id, int key) {
    byte[] octets = new byte[CookieSeal.KEY_LENGTH];
    Arrays.fill(octets, (byte) key);
    CookieSeal seal = new CookieSeal(octets, new SplittableRandom(id));
    return new ElementControl(new ElementKey(pool, id), seal, LIFE);
  }

  /** As it comes from the other end of a connection. */
  private static AsapMessage carried(AsapMessage message) {
    return ((Decoded.Accepted<AsapMessage>) AsapMessage.decode(message.encode())).message();
  }

  private static CookieEcho echo(AsapMessage cookie) {
    return new CookieEcho(((AsapCookie) cookie).cookie());
  }

  private static PoolElement member(long id) {
    return new PoolElement(
        id,
        1,
        300,
        PortTransport.tcp(Ipv6.ofText("2001:db8::" + id), 547),
        PoolPolicy.ROUND_ROBIN,
        Optional.empty());
  }

  @Test
  @DisplayName("P-070, P-071: the last cookie is brought first and unchanged to another member")
  void theLastCookieGoesFirstToTheNextMember() {
    assertThat(user.first(2)).isEmpty();
    assertThat(user.heard(1, carried(first.cookie("relay", Bytes.ofHex("00"), NOW))))
        .isEqualTo(Reaction.KEPT);
    AsapMessage last = first.cookie("relay", STATE, NOW);
    user.heard(1, carried(last));

    assertThat(user.first(2)).contains(echo(last));
    assertThat(second.heard("relay", (CookieEcho) carried(user.first(2).get()), NOW))
        .contains(new CookieSeal.Opened(1, STATE));
    assertThat(second.refused()).isZero();
  }

  @Test
  void whoHasLeftTheCookieDoesNotGetItBack() {
    user.heard(1, first.cookie("relay", STATE, NOW));

    assertThat(user.first(1)).isEmpty();
  }

  @Test
  @DisplayName("P-072, P-169: a cookie that was changed, in any octet, is refused")
  void changedCookieIsRefused() {
    Cookie good = ((AsapCookie) first.cookie("relay", STATE, NOW)).cookie();
    for (int i = 0; i < good.octets().length(); i++) {
      byte[] octets = good.octets().toArray();
      octets[i] ^= 1;
      CookieEcho changed = new CookieEcho(new Cookie(Bytes.wrap(octets)));
      assertThat(second.heard("relay", changed, NOW)).as("octet " + i).isEmpty();
      Cookie cut = new Cookie(good.octets().slice(0, i));
      assertThat(second.heard("relay", new CookieEcho(cut), NOW)).as("length " + i).isEmpty();
    }
    assertThat(second.refused()).isEqualTo(2L * good.octets().length());
  }

  @Test
  @DisplayName("P-072, P-169: a cookie of another user, pool or key is refused, and one that ended")
  void foreignCookieIsRefused() {
    CookieEcho good = echo(first.cookie("relay", STATE, NOW));

    assertThat(second.heard("other", good, NOW)).isEmpty();
    assertThat(element(PoolHandle.of("dhcp6-cor"), 2, 7).heard("erelay", good, NOW)).isEmpty();
    assertThat(element(POOL, 2, 8).heard("relay", good, NOW)).isEmpty();
    assertThat(second.heard("relay", good, NOW.plus(LIFE))).isEmpty();
    assertThat(second.heard("relay", good, NOW.plus(LIFE).minusSeconds(1))).isPresent();
  }

  @Test
  @DisplayName("P-169: what a cookie holds is read by nobody else, and no two are alike")
  void stateIsNotSeen() {
    Cookie one = ((AsapCookie) first.cookie("relay", STATE, NOW)).cookie();
    Cookie other = ((AsapCookie) first.cookie("relay", STATE, NOW)).cookie();

    assertThat(one.octets().toHex()).doesNotContain(STATE.toHex());
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void stateAndKeyHaveTheirLengths() {
    Bytes most = Bytes.wrap(new byte[CookieSeal.MOST_STATE]);
    assertThat(second.heard("relay", echo(first.cookie("relay", most, NOW)), NOW)).isPresent();
    Bytes more = Bytes.wrap(new byte[CookieSeal.MOST_STATE + 1]);
    assertThatThrownBy(() -> first.cookie("relay", more, NOW)).hasMessageContaining("16384");
    assertThatThrownBy(() -> new CookieSeal(new byte[16], new SplittableRandom(1)))
        .hasMessageContaining("32 octets, not 16");
  }

  @Test
  @DisplayName("P-074: the card of a member that fails gives the order, of members that are known")
  void cardGivesTheOrder() {
    List<Long> known = List.of(1L, 2L, 3L, 4L);
    assertThat(user.order(1, known)).containsExactly(2L, 3L, 4L);

    AsapMessage card = first.card(List.of(member(4), member(9), member(4), member(2)));
    assertThat(user.heard(1, carried(card))).isEqualTo(Reaction.KEPT);
    assertThat(user.order(1, known)).containsExactly(4L, 2L, 3L);
    assertThat(user.order(2, known)).containsExactly(1L, 3L, 4L);

    user.heard(1, first.card(List.of(member(3))));
    assertThat(user.order(1, known)).containsExactly(3L, 2L, 4L);
  }

  @Test
  @DisplayName("P-074: a pool that is not known is resolved")
  void cardOfAnotherPoolIsResolved() {
    AsapMessage card = new BusinessCard(PoolHandle.of("other"), List.of(member(2)));

    assertThat(user.heard(1, card)).isEqualTo(Reaction.RESOLVE);
    assertThat(user.order(1, List.of(1L, 3L, 2L))).containsExactly(3L, 2L);
  }

  @Test
  void theLatestCardsAreKept() {
    for (long id = 1; id <= UserControl.MOST_CARDS; id++) {
      user.heard(id, first.card(List.of(member(99))));
    }
    user.heard(1, first.card(List.of(member(99))));
    user.heard(1000, first.card(List.of(member(99))));

    assertThat(user.order(1, List.of(3L, 99L))).containsExactly(99L, 3L);
    assertThat(user.order(2, List.of(3L, 99L))).containsExactly(3L, 99L);
  }

  @Test
  void otherMessagesAreNotForAPoolUser() {
    AsapMessage error = new AsapError(OperationError.of(ErrorCause.UNKNOWN_POOL_HANDLE));

    assertThat(user.heard(1, error)).isEqualTo(Reaction.UNEXPECTED);
    assertThat(user.heard(1, echo(first.cookie("relay", STATE, NOW))))
        .isEqualTo(Reaction.UNEXPECTED);
    assertThat(user.first(2)).isEmpty();
  }
}
