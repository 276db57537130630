// SPDX-License-Identifier: Apache-2.0
package io.leasehold.rserpool.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.net.Bytes;
import io.leasehold.testkit.Await;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Announcements on the loopback interface of this host. */
final class AnnouncementGroupTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Bytes MESSAGE = Bytes.ofHex("0a000008deadbeef");

  private final List<Bytes> one = new CopyOnWriteArrayList<>();
  private final List<Bytes> two = new CopyOnWriteArrayList<>();

  private static String loopback() throws SocketException {
    return NetworkInterface.networkInterfaces()
        .filter(each -> each.getName().startsWith("lo"))
        .findFirst()
        .orElseThrow()
        .getName();
  }

  private AnnouncementGroup group(String interfaceName, List<Bytes> heard) {
    return new AnnouncementGroup(
        "test", List.of(interfaceName), (source, message) -> heard.add(message));
  }

  @Test
  void everybodyOfAHostHears() throws SocketException {
    try (AnnouncementGroup first = group(loopback(), one);
        AnnouncementGroup second = group(loopback(), two)) {
      Await.until(
          PATIENCE,
          () -> {
            first.send(MESSAGE);
            return one.contains(MESSAGE) && two.contains(MESSAGE);
          });
      assertThat(first.complaints()).isEmpty();
      assertThat(first.counters().get("announcements-sent")).isPositive();
      assertThat(second.counters()).containsEntry("announcements-sent", 0L);
    }
  }

  @Test
  void aFloodIsLeftToTheKernel() throws SocketException {
    try (AnnouncementGroup group = group(loopback(), one)) {
      Await.until(
          PATIENCE,
          () -> {
            group.send(MESSAGE);
            return !one.isEmpty();
          });
      int seconds = 2;
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      while (System.nanoTime() - end < 0) {
        group.send(MESSAGE);
      }
      assertThat(group.counters().get("announcements-sent")).isGreaterThan(1000);
      // One look at the clock may fall on either side of a second.
      assertThat(one.size()).isLessThanOrEqualTo((seconds + 3) * AnnouncementGroup.MOST_PER_SECOND);
    }
  }

  @Test
  void aLinkThatIsNotThereIsSaid() {
    try (AnnouncementGroup group = group("absent0", one)) {
      Await.until(PATIENCE, () -> !group.complaints().isEmpty());
      assertThat(group.complaints())
          .containsExactly("announcements on absent0: there is no interface absent0 that is up");
      group.send(MESSAGE);
      assertThat(group.counters()).containsEntry("announcements-sent", 0L);
    }
  }
}
