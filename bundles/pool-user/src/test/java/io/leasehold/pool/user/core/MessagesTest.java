// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import static io.leasehold.pool.user.core.UserOfTests.CLIENT;
import static io.leasehold.pool.user.core.UserOfTests.hashed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.leasehold.net.Bytes;
import io.leasehold.pool.PoolSubscription;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.PoolHandle;
import io.leasehold.rserpool.wire.asap.AsapCookie;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.BusinessCard;
import io.leasehold.rserpool.wire.asap.EndpointKeepAlive;
import io.leasehold.rserpool.wire.asap.HandleResolutionResponse;
import io.leasehold.rserpool.wire.parameter.Cookie;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever a registrar says besides. */
final class MessagesTest {
  private final UserOfTests user = UserOfTests.knowing();

  private List<ErrorCause> complaints() {
    return user.messages(AsapMessage.ERROR).stream()
        .flatMap(each -> ((AsapError) each).error().causes().stream())
        .toList();
  }

  private static Bytes with(String parameter) {
    // HANDLE_RESOLUTION_RESPONSE of the pool, the parameter, no member.
    return Bytes.ofHex("06000018" + "0009000e64686370362d636f72650000" + parameter);
  }

  @Test
  @DisplayName("P-007: an unknown message of type 00 is discarded in silence")
  void unknownMessageIsDiscarded() {
    user.hear(1, Bytes.ofHex("3f000004"));

    assertThat(user.count(UserCounter.MESSAGES_UNKNOWN)).isEqualTo(1);
    assertThat(user.sent).isEmpty();
  }

  @Test
  @DisplayName("P-008: an unknown message of type 01 is reported")
  void unknownMessageIsReported() {
    user.hear(1, Bytes.ofHex("4f000004"));

    assertThat(complaints())
        .containsExactly(ErrorCause.of(ErrorCause.UNRECOGNIZED_MESSAGE, Bytes.ofHex("4f000004")));
  }

  @Test
  @DisplayName("P-009, P-010: an unknown parameter that must not be skipped leaves no effect")
  void unknownParameterStopsTheMessage() {
    user.hear(1, with("0333000400000000".substring(0, 8)));
    user.hear(1, with("43330004"));

    assertThat(user.view().members()).hasSize(4);
    assertThat(user.count(UserCounter.MESSAGES_INVALID)).isEqualTo(2);
    assertThat(complaints())
        .containsExactly(ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, Bytes.ofHex("43330004")));
  }

  @Test
  @DisplayName("P-012: an unknown parameter that is skipped and reported leaves the rest")
  void unknownParameterIsSkippedAndReported() {
    Bytes whole =
        new HandleResolutionResponse(
                true,
                PoolHandle.of("dhcp6-core"),
                Optional.of(hashed(5, 1, 1).policy().ofPool()),
                List.of(hashed(5, 1, 1)),
                Optional.empty())
            .encode();
    Bytes longer =
        Bytes.ofHex(
            "0601%04x".formatted(whole.length() + 4)
                + whole.slice(4, whole.length()).toHex()
                + "c1230004");
    user.hear(1, longer);

    assertThat(UserOfTests.ids(user.view().members())).containsExactly(5L);
    assertThat(complaints())
        .containsExactly(ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, Bytes.ofHex("c1230004")));
  }

  @Test
  @DisplayName("P-077: an error is counted and not answered, and changes nothing")
  void errorIsNotAnswered() {
    user.hear(1, new AsapError(OperationError.of(ErrorCause.LACK_OF_RESOURCES)));
    user.hear(1, Bytes.ofHex("0e000010" + "000c000c" + "00010008" + "c1230004"));

    assertThat(user.count(UserCounter.ERRORS_HEARD)).isEqualTo(2);
    assertThat(user.sent).isEmpty();
    assertThat(user.connections()).isEqualTo(1);
  }

  @Test
  @DisplayName("P-073: cookies and business cards have no place where there is no pool element")
  void cookiesAndCardsOfARegistrarAreIgnored() {
    user.hear(1, new AsapCookie(new Cookie(Bytes.ofHex("0102"))));
    user.hear(1, new BusinessCard(PoolHandle.of("dhcp6-core"), List.of(hashed(9, 9, 9))));
    user.hear(
        1,
        new EndpointKeepAlive(
            true, 7, PoolHandle.of("dhcp6-core"), java.util.OptionalLong.empty()));

    assertThat(user.count(UserCounter.MESSAGES_UNEXPECTED)).isEqualTo(3);
    assertThat(user.sent).isEmpty();
    assertThat(user.view().members()).hasSize(4);
  }

  @Test
  void ofMembersWithTheSameIdentifierTheFirstCounts() {
    user.tell(1, hashed(7, 1, 200), hashed(7, 2, 100));

    assertThat(user.view().members()).singleElement().matches(each -> each.group() == 1);
    assertThat(user.count(UserCounter.MEMBERS_REPEATED)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-024: no octets of a registrar make the pool user fail")
  void noOctetsMakeItFail() {
    PoolSubscription pool = user.follow();
    Bytes whole =
        new HandleResolutionResponse(
                true,
                PoolHandle.of("dhcp6-core"),
                Optional.of(hashed(5, 1, 1).policy().ofPool()),
                List.of(hashed(5, 1, 1), hashed(6, 2, 1)),
                Optional.empty())
            .encode();
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] octets = whole.toArray();
      for (int j = random.nextInt(4); j >= 0; j--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt();
      }
      user.sent.clear();
      assertThatCode(
              () -> {
                user.hear(1, Bytes.wrap(octets));
                pool.candidates(CLIENT);
                user.desk.trace(CLIENT);
              })
          .doesNotThrowAnyException();
    }
  }
}
