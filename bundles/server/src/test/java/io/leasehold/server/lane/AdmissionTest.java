// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.lane;

import static io.leasehold.server.protocol.Precedence.BEGINS;
import static io.leasehold.server.protocol.Precedence.COMPLETES;
import static io.leasehold.server.protocol.Precedence.KEEPS;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Figures: a lane that does 10,000 beginnings and 5,000 others in a second. */
class AdmissionTest {
  private static final int CAPACITY = 8192;
  private static final long MILLI = 1_000_000;

  private final Admission admission = new Admission(CAPACITY);
  private long now;

  /** The lane works for some time. */
  private void work(int millis, int waiting, int beginning) {
    for (int n = 0; n < millis; n++) {
      admission.takes(5, 10, waiting, beginning, now);
      now += MILLI;
      admission.turned(waiting, beginning, now);
    }
  }

  private boolean begins(int waiting, int beginning) {
    return admission.admits(BEGINS, waiting, beginning, now);
  }

  @Test
  void aLaneThatHasNotBeenMeasuredTakesWhatFits() {
    assertThat(begins(0, CAPACITY - CAPACITY / 4 - 1)).isTrue();
    assertThat(begins(0, CAPACITY - CAPACITY / 4)).isFalse();
  }

  @Test
  void aBurstMayWaitForSixTenthsOfASecond() {
    work(200, 0, 0);

    assertThat(begins(0, 5900)).isTrue();
    assertThat(admission.isShedding(now)).isFalse();
    assertThat(begins(0, 6100)).isFalse();
    assertThat(admission.isShedding(now)).isTrue();
  }

  @Test
  void aQueueThatStandsIsShort() {
    work(200, 0, 0);
    begins(0, 6100);

    assertThat(begins(0, 550)).isFalse();
    assertThat(begins(0, 450)).isTrue();
  }

  @Test
  void aQueueStandsUntilNothingWasDroppedForASecond() {
    work(200, 0, 0);
    begins(0, 6100);

    now += 900 * MILLI;
    assertThat(begins(0, 550)).isFalse();
    now += 999 * MILLI;
    assertThat(admission.isShedding(now)).isTrue();
    now += MILLI;
    assertThat(admission.isShedding(now)).isFalse();
    assertThat(begins(0, 550)).isTrue();
  }

  @Test
  void nobodyBeginsWhileOthersQueue() {
    work(200, 0, 0);

    assertThat(begins(600, 0)).as("one turn takes them").isTrue();
    assertThat(begins(610, 0)).isFalse();
    assertThat(admission.admits(COMPLETES, 610, 0, now)).isTrue();
    assertThat(admission.admits(KEEPS, 610, 0, now)).isTrue();
  }

  @Test
  void aLaneThatGetsSlowerTakesLess() {
    work(200, 0, 0);
    begins(0, 6100);
    assertThat(begins(0, 400)).isTrue();

    for (int n = 0; n < 50; n++) {
      admission.takes(5, 10, 0, 1, now);
      now += 2 * MILLI;
      admission.turned(0, 1, now);
    }

    assertThat(begins(0, 400)).isFalse();
    assertThat(begins(0, 200)).isTrue();
  }

  @Test
  void timeWithoutWorkTellsNothing() {
    work(200, 0, 0);
    for (int n = 0; n < 50; n++) {
      now += 500 * MILLI;
      work(2, 0, 0);
    }

    assertThat(begins(0, 5900)).isTrue();
  }

  @Test
  void timeInWhichBeginningsWaitForOthersCounts() {
    work(200, 0, 0);
    for (int n = 0; n < 200; n++) {
      admission.takes(5, 0, 0, 300, now);
      now += MILLI;
      admission.turned(0, 300, now);
    }

    assertThat(begins(0, 600)).isFalse();
    assertThat(begins(0, Admission.MOST_BEGINNINGS_PER_TURN - 1)).isTrue();
  }

  @Test
  void fewMayAlwaysWait() {
    for (int n = 0; n < 20; n++) {
      admission.takes(0, 1, 0, 1, now);
      now += 100 * MILLI;
      admission.turned(0, 1, now);
    }

    assertThat(begins(0, Admission.MOST_BEGINNINGS_PER_TURN - 1)).isTrue();
    assertThat(begins(0, Admission.MOST_BEGINNINGS_PER_TURN)).isFalse();
  }

  @Test
  void aTurnIsAsLargeAsTheLaneIsFast() {
    assertThat(admission.mostPerTurn()).isEqualTo(Admission.FEWEST_PER_TURN);
    work(200, 0, 0);
    assertThat(admission.mostPerTurn()).as("15 in a millisecond").isEqualTo(600);
    for (int n = 0; n < 20; n++) {
      admission.takes(10_000, 0, 0, 0, now);
      now += 20 * MILLI;
      admission.turned(0, 0, now);
    }
    assertThat(admission.mostPerTurn()).isEqualTo(4096);
  }

  @Test
  void onlyBeginningsBecomeStale() {
    assertThat(admission.isStale(BEGINS, 900 * MILLI)).isFalse();
    assertThat(admission.isStale(BEGINS, 900 * MILLI + 1)).isTrue();
    assertThat(admission.isStale(COMPLETES, 5000 * MILLI)).isFalse();
    assertThat(admission.isStale(KEEPS, 5000 * MILLI)).isFalse();
  }
}
