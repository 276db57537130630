// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import org.junit.jupiter.api.Test;

final class AttachmentsTest {
  private static final Bytes WHO = Bytes.of(1);
  private final Attachments met = new Attachments(2, 1000);

  @Test
  void whoIsMetAgainIsKnownFromThenOn() {
    met.note(WHO, 0, 0);
    met.note(WHO, 0, 900);

    assertThat(met.of(WHO, 1900)).isZero();
    assertThat(met.of(WHO, 1901)).isEqualTo(-1);
  }

  @Test
  void whoIsMetElsewhereIsThereAtOnce() {
    met.note(WHO, 0, 0);
    met.note(WHO, 1, 1);

    assertThat(met.of(WHO, 1)).isEqualTo(1);
  }

  @Test
  void whoWasMetLongestAgoIsForgottenFirst() {
    met.note(WHO, 0, 0);
    met.note(Bytes.of(2), 0, 1);
    met.note(WHO, 0, 2);
    met.note(Bytes.of(3), 0, 3);

    assertThat(met.of(WHO, 3)).isZero();
    assertThat(met.of(Bytes.of(2), 3)).isEqualTo(-1);
  }

  @Test
  void nobodyIsNowhere() {
    met.note(Bytes.EMPTY, 0, 0);

    assertThat(met.of(Bytes.EMPTY, 0)).isEqualTo(-1);
  }
}
