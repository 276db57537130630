// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.store.journal.Driver.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * A fault at every call to the medium in turn, through start, commits, rolls, checkpoints and
 * close.
 */
class FaultTest {
  private static final int STEPS = 24;

  @Test
  @DisplayName(
      "S-05, S-15: the machine stops at any call: all or nothing, and nothing acknowledged lost")
  void crashAtEveryCall() throws Exception {
    long calls = 0;
    for (long call = 1; ; call++) {
      SimMedium medium = new SimMedium(call);
      Random random = new Random(7);
      medium.faultAt(call, true);
      List<Content> possible = List.of(new Content());
      Driver driver = new Driver(medium, random);
      driver.round();
      for (int step = 0; step < STEPS && !medium.isCrashed(); step++) {
        possible = step(driver, random, step, possible);
      }
      if (!medium.isCrashed()) {
        driver.close();
      }
      if (!medium.isCrashed()) {
        calls = call;
        break;
      }
      medium.crash(SimFile.Loss.values()[(int) (call % SimFile.Loss.values().length)]);
      Driver next = new Driver(medium, random).open();
      assertThat(next.content()).as("call %d", call).isIn(possible);
    }
    assertThat(calls).isGreaterThan(100);
  }

  @Test
  @DisplayName(
      "S-05, S-08: a call fails: the store stops or degrades, recovers by itself, and loses nothing acknowledged")
  void failureOfEveryCall() throws Exception {
    for (long call = 1; ; call++) {
      SimMedium medium = new SimMedium(call);
      Random random = new Random(7);
      medium.faultAt(call, false);
      Driver driver = new Driver(medium, random);
      driver.awaitOpen();
      List<Content> possible = List.of(new Content());
      for (int step = 0; step < STEPS; step++) {
        long epoch = driver.store().status().epoch();
        possible = step(driver, random, step, possible);
        driver.awaitOpen();
        if (driver.store().status().epoch() != epoch) {
          Content found = driver.content();
          assertThat(found).as("call %d, step %d", call, step).isIn(possible);
          possible = List.of(found);
        }
      }
      assertThat(medium.forcesAfterFailure()).as("call %d", call).isZero();
      boolean reached = medium.calls() >= call;
      driver.close();
      // The last word is what is on the medium, not what the system remembers.
      medium.crash(SimFile.Loss.ALL);
      assertThat(new Driver(medium, random).open().content()).as("call %d", call).isIn(possible);
      if (!reached) {
        return;
      }
    }
  }

  @Test
  @DisplayName(
      "S-11: the process is killed at any call, or after a call that failed; the next one relies on nothing that a loss of power could take")
  void killAtEveryCallAndPowerLossAfterTheNextStart() throws Exception {
    for (boolean killed : List.of(true, false)) {
      long call = 1;
      while (killAndLosePower(call, killed)) {
        call++;
      }
      assertThat(call).isGreaterThan(100);
    }
  }

  /** Gives whether the call was reached. */
  private static boolean killAndLosePower(long call, boolean killed) throws Exception {
    SimMedium medium = new SimMedium(call);
    Random random = new Random(7);
    medium.faultAt(call, killed);
    Driver driver = new Driver(medium, random);
    driver.round();
    List<Content> possible = List.of(new Content());
    for (int step = 0; step < STEPS && medium.calls() < call; step++) {
      possible = step(driver, random, step, possible);
    }
    boolean reached = medium.calls() >= call;
    medium.crash(SimFile.Loss.KILLED);
    Driver next = new Driver(medium, random).open();
    Content found = next.content();
    assertThat(found).as("call %d", call).isIn(possible);
    Batch batch = Batches.any(random);
    assertThat(next.commit(batch)).isTrue();
    medium.crash(SimFile.Loss.ALL);
    assertThat(new Driver(medium, random).open().content())
        .as("call %d, killed %s", call, killed)
        .isEqualTo(found.plus(batch));
    return reached;
  }

  @Test
  @DisplayName(
      "S-08, S-11: syncs fail, and one more call: the store, or the next process, opens and relies on nothing that could be lost")
  void failureOfOneMoreCallWhileSyncsFail() throws Exception {
    for (boolean killed : List.of(true, false)) {
      for (long call = 1; call <= 60; call++) {
        failTwice(call, killed);
      }
    }
  }

  private static void failTwice(long call, boolean killed) throws Exception {
    SimMedium medium = new SimMedium(call);
    Random random = new Random(7);
    Driver driver = new Driver(medium, random).open();
    List<Content> possible = List.of(new Content());
    for (int step = 0; step < STEPS; step++) {
      possible = step(driver, random, step, possible);
    }
    medium.failSyncs(true);
    medium.faultAt(call, false);
    possible = step(driver, random, 0, possible);
    for (int retry = 0; retry < 3; retry++) {
      driver.pass(2);
      driver.round();
    }
    medium.failSyncs(false);
    if (killed) {
      medium.crash(SimFile.Loss.KILLED);
      driver = new Driver(medium, random).open();
    } else {
      medium.faultAt(Long.MAX_VALUE, false);
      driver.awaitOpen();
    }
    Content found = driver.content();
    assertThat(found).as("call %d", call).isIn(possible);
    Batch batch = Batches.any(random);
    assertThat(driver.commit(batch)).isTrue();
    medium.crash(SimFile.Loss.ALL);
    assertThat(new Driver(medium, random).open().content())
        .as("call %d, killed %s", call, killed)
        .isEqualTo(found.plus(batch));
  }

  /** What the store may hold after a step, given what it may hold before. */
  private static List<Content> step(Driver driver, Random random, int step, List<Content> before) {
    if (step % 7 == 6 && driver.store().status().takesChanges()) {
      driver.compact();
    } else if (step % 5 == 4) {
      driver.tidy();
    }
    Batch batch = Batches.any(random, 30, 40);
    boolean acknowledged = driver.commit(batch);
    List<Content> after = new ArrayList<>();
    for (Content content : before) {
      after.add(content.plus(batch));
      if (!acknowledged) {
        after.add(content);
      }
    }
    return after;
  }
}
