// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.asap;

import static io.leasehold.registrar.asap.Ground.HERE;
import static io.leasehold.registrar.asap.Ground.POOL;
import static io.leasehold.registrar.asap.Ground.key;
import static io.leasehold.registrar.asap.Ground.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.rserpool.wire.ErrorCause;
import io.leasehold.rserpool.wire.asap.AsapError;
import io.leasehold.rserpool.wire.asap.AsapMessage;
import io.leasehold.rserpool.wire.asap.Registration;
import io.leasehold.rserpool.wire.asap.RegistrationResponse;
import io.leasehold.rserpool.wire.parameter.OperationError;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** RFC 5354 sections 3 and 4 as a registrar obeys them. */
final class AsapUnknownsTest {
  private final Ground ground = new Ground();
  private final long server = ground.element("server-1");

  /** A registration with parameters behind it. */
  private static Bytes registrationWith(String... parameters) {
    String hex = new Registration(POOL, udp(1)).encode().toHex() + String.join("", parameters);
    int octets = hex.length() / 2;
    return Bytes.ofHex(hex.substring(0, 4) + "%04x".formatted(octets) + hex.substring(8));
  }

  private List<ErrorCause> causes() {
    return ground.last(server, AsapError.class).error().causes();
  }

  @Test
  @DisplayName("P-007: an unknown message of kind 00 is discarded silently")
  void unknownMessagesAreDiscarded() {
    ground.say(server, Bytes.ofHex("3f000004"));
    assertThat(ground.sent.get(server)).isEmpty();
    assertThat(ground.notebook.counted(AsapCount.UNKNOWN_MESSAGE)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-008: an unknown message of kind 01 is reported whole")
  void unknownMessagesAreReported() {
    Bytes message = Bytes.ofHex("7f00000801020304");
    ground.say(server, message);
    assertThat(causes()).containsExactly(ErrorCause.of(ErrorCause.UNRECOGNIZED_MESSAGE, message));
  }

  @Test
  @DisplayName("P-009: an unknown parameter of kind 00 leaves the message without effect")
  void unknownParametersStop() {
    ground.say(server, registrationWith("03330004"));
    assertThat(ground.space.pools()).isEmpty();
    assertThat(ground.sent.get(server)).isEmpty();
  }

  @Test
  @DisplayName("P-010: an unknown parameter of kind 01 stops and is reported")
  void unknownParametersStopAndAreReported() {
    ground.say(server, registrationWith("4333000501000000"));
    assertThat(ground.space.pools()).isEmpty();
    assertThat(causes())
        .containsExactly(
            ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, Bytes.ofHex("4333000501")));
  }

  @Test
  @DisplayName("P-011: an unknown parameter of kind 10 is skipped silently")
  void unknownParametersAreSkipped() {
    ground.say(server, registrationWith("803f000800000001"));
    assertThat(ground.isRegistered(key(1))).isTrue();
    assertThat(ground.last(server, RegistrationResponse.class).rejected()).isFalse();
  }

  @Test
  @DisplayName("P-012, P-013: unknown parameters of kind 11 are skipped, and reported one by one")
  void unknownParametersAreSkippedAndReported() {
    ground.say(server, registrationWith("c1230004", "c1240004"));
    assertThat(ground.isRegistered(key(1))).isTrue();
    assertThat(causes())
        .containsExactly(
            ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, Bytes.ofHex("c1230004")),
            ErrorCause.of(ErrorCause.UNRECOGNIZED_PARAMETER, Bytes.ofHex("c1240004")));
  }

  @Test
  @DisplayName("P-077: an error is counted, and not answered by an error")
  void errorsAreNotAnswered() {
    ground.say(server, new AsapError(OperationError.of(ErrorCause.UNSPECIFIED)));
    assertThat(ground.sent.get(server)).isEmpty();
    assertThat(ground.notebook.counted(AsapCount.ERRORS_RECEIVED)).isEqualTo(1);
  }

  @Test
  @DisplayName("P-088: a registration with a value that must not be is refused with it")
  void invalidValuesAreAnswered() {
    // Policy type 0 (P-195), in a registration that is otherwise in order.
    String hex = new Registration(POOL, udp(1)).encode().toHex();
    ground.say(server, Bytes.ofHex(hex.replace("0008000800000001", "0008000800000000")));
    RegistrationResponse response = ground.last(server, RegistrationResponse.class);
    assertThat(response.rejected()).isTrue();
    assertThat(response.key()).isEqualTo(key(1));
    assertThat(Ground.code(response.error())).isEqualTo(ErrorCause.INVALID_VALUES);

    long plain = ground.plain(HERE);
    ground.say(plain, Bytes.ofHex(hex.replace("0008000800000001", "0008000840000000")));
    assertThat(Ground.code(ground.last(plain, RegistrationResponse.class).error()))
        .isEqualTo(ErrorCause.SECURITY_CONSIDERATIONS);
  }

  @Test
  @DisplayName("P-024: what is not in order is counted, and the connection goes on")
  void malformedMessagesAreCounted() {
    ground.say(server, Bytes.ofHex("01000010"));
    ground.say(server, Bytes.ofHex("0100000c00090040"));
    ground.say(server, Bytes.EMPTY);
    assertThat(ground.notebook.counted(AsapCount.MALFORMED)).isEqualTo(3);
    ground.accepted(server, udp(1));
  }

  @Test
  @DisplayName("7.11: messages that are not for registrars are counted")
  void messagesForOthersAreCounted() {
    AsapMessage response = RegistrationResponse.accepted(key(1));
    ground.say(server, response);
    assertThat(ground.sent.get(server)).isEmpty();
    assertThat(ground.notebook.counted(AsapCount.UNEXPECTED_MESSAGES)).isEqualTo(1);
  }

  @Test
  @DisplayName("5355 2: a flood of what is not understood is not answered by a flood")
  void errorsHaveABudget() {
    for (int i = 0; i < 1000; i++) {
      ground.say(server, Bytes.ofHex("7f000004"));
    }
    assertThat(ground.all(server, AsapError.class)).hasSize(10);
  }
}
