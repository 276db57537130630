// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.core;

import static io.leasehold.pool.user.core.UserOfTests.hashed;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.pool.PoolSubscription;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.RegistrarContact;
import io.leasehold.security.Assurance;
import io.leasehold.security.PeerRole;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Registrars must prove that they are (RFC 5355 section 2.7). */
final class TrustTest {
  private static final String BAD = "handshake-failed: the certificate is of nobody who is known";

  private final UserOfTests user = new UserOfTests();

  @Test
  @DisplayName("P-158: of three registrars two do not prove who they are; the third is used")
  void thirdRegistrarIsUsed() {
    user.start();
    user.follow();
    user.end(1, BAD);
    user.open(2, PeerRole.POOL_ELEMENT);
    assertThat(user.sent).isEmpty();

    user.open(3);
    user.tell(3, hashed(1, 1, 200));

    assertThat(user.asked()).containsExactly(3L);
    assertThat(user.closed).contains(2L);
    assertThat(user.view().state()).isEqualTo(PoolView.State.CURRENT);
    assertThat(user.desk.registrars())
        .extracting(RegistrarContact::state)
        .containsExactlyInAnyOrder(
            RegistrarContact.State.FAILED,
            RegistrarContact.State.FAILED,
            RegistrarContact.State.HOME);
  }

  @Test
  @DisplayName("P-158: whoever did not prove it is left alone for 60 seconds")
  void whoDidNotProveItIsLeftAlone() {
    user.start();
    for (int session = 1; session <= 3; session++) {
      user.end(session, BAD);
    }

    user.pass(Duration.ofSeconds(59));
    assertThat(user.connects).hasSize(3);
    user.pass(Duration.ofSeconds(61));
    assertThat(user.connects).hasSizeGreaterThan(3);
  }

  @Test
  @DisplayName("P-158: with bad ones only nothing is learned, and that is said")
  void badOnesOnlyTellNothing() {
    user.start();
    PoolSubscription pool = user.follow();
    user.end(1, BAD);
    user.open(2, PeerRole.POOL_ELEMENT);
    user.open(3, Optional.empty(), Assurance.NONE);
    user.tell(2, hashed(1, 1, 200));
    user.tell(3, hashed(1, 1, 200));

    assertThat(pool.view().state()).isEqualTo(PoolView.State.UNKNOWN);
    assertThat(pool.candidates(UserOfTests.CLIENT)).isEmpty();
    assertThat(user.desk.alarms())
        .anyMatch(each -> each.contains("no registrar is home"))
        .anyMatch(each -> each.contains("has not proved"))
        .anyMatch(each -> each.contains("handshake-failed"));
    assertThat(user.sent).isEmpty();
  }

  @Test
  @DisplayName("P-158: a registrar in clear is asked only where that is configured")
  void clearRegistrarIsAskedOnlyWhereItIsConfigured() {
    assertThat(user.desk.registrars()).isEmpty();
    user.start();
    user.open(1, Optional.empty(), Assurance.NONE);
    assertThat(user.closed).contains(1L);

    UserOfTests clear =
        new UserOfTests(Map.of("registrars", "tcp://[2001:db8::1]"), io.leasehold.net.Bytes.EMPTY);
    clear.start();
    clear.open(1, Optional.empty(), Assurance.NONE);
    clear.follow();

    assertThat(clear.connects).allMatch(each -> each.inClear() && each.port() == 3863);
    assertThat(clear.asked()).containsExactly(1L);
    assertThat(user.connects).noneMatch(each -> each.inClear());
  }

  @Test
  void nobodyAsksAPoolUser() {
    user.start();
    user.connects.add(user.connects.get(0));

    user.open(4);

    assertThat(user.closed).contains(4L);
  }
}
