// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.event.LeaseListener;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Ipv6;
import io.leasehold.server.metric.Counters;
import io.leasehold.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LeaseEventsTest {
  private final Counters counters = new Counters();
  private final List<LeaseListener> listeners = new CopyOnWriteArrayList<>();
  private final LeaseEvents events = new LeaseEvents(() -> listeners, counters);

  @AfterEach
  void close() {
    events.close();
  }

  private static List<LeaseChange> change(int n) {
    Ipv6 address = Ipv6.ofText("2001:db8::").plus(n);
    return List.of(LeaseChange.remove(LeaseKey.address(address)));
  }

  @Test
  void listenersAreToldInOrderAndAFaultyOneHoldsNobodyUp() {
    List<List<LeaseChange>> told = new CopyOnWriteArrayList<>();
    listeners.add(
        changes -> {
          throw new IllegalStateException("no");
        });
    listeners.add(told::add);

    for (int n = 0; n < 100; n++) {
      events.accept(change(n));
    }

    Await.until(Duration.ofSeconds(10), () -> told.size() == 100);
    for (int n = 0; n < 100; n++) {
      assertThat(told.get(n)).isEqualTo(change(n));
    }
    assertThat(counters.snapshot()).containsEntry("lease-listener-failed", 100L);
  }

  @Test
  void aSlowListenerDoesNotHoldUpTheServer() {
    CountDownLatch end = new CountDownLatch(1);
    listeners.add(
        changes -> {
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });

    for (int n = 0; n < 5000; n++) {
      events.accept(change(n));
    }

    end.countDown();
    assertThat(counters.snapshot().get("lease-events-dropped")).isBetween(900L, 904L);
  }
}
