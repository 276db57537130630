// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.StoreUnavailableException;
import io.leasehold.testkit.LeaseSamples;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When the store is written anew. */
class PurgeTest {
  private static final long MINUTE = 60_000;

  private final List<CompletableFuture<Void>> compactions = new ArrayList<>();
  private final LeaseStore store =
      (LeaseStore)
          Proxy.newProxyInstance(
              LeaseStore.class.getClassLoader(),
              new Class<?>[] {LeaseStore.class},
              (proxy, method, arguments) -> {
                CompletableFuture<Void> done = new CompletableFuture<>();
                compactions.add(done);
                return done;
              });
  private final Purge purge = new Purge();

  private static LeaseChange in(LeaseState state) {
    Lease lease = LeaseSamples.lease(1, 0);
    return LeaseChange.put(lease.with(state, lease.times()));
  }

  private void look(long millis) {
    purge.look(store, 60, millis);
  }

  @Test
  void leasesThatGoOnWriteNothingAnew() {
    purge.accept(List.of(in(LeaseState.ACTIVE)));

    look(MINUTE);

    assertThat(compactions).isEmpty();
    assertThat(purge.isDue()).isFalse();
  }

  @Test
  void whatEndsIsGoneWithinTheTimeHoweverMuchEnds() {
    purge.accept(List.of(in(LeaseState.ACTIVE), in(LeaseState.EXPIRED)));
    look(MINUTE);
    assertThat(compactions).hasSize(1);
    compactions.get(0).complete(null);
    look(MINUTE + 100);

    purge.accept(List.of(LeaseChange.remove(LeaseSamples.key(1))));
    look(MINUTE + 29_000);
    assertThat(compactions).as("once in half of the time").hasSize(1);
    look(MINUTE + 30_000);
    assertThat(compactions).hasSize(2);
  }

  @Test
  void largeStoreIsNotWrittenWithoutRest() {
    purge.want();
    look(MINUTE);
    purge.want();
    look(MINUTE + 45_000);
    assertThat(compactions).as("one at a time").hasSize(1);
    assertThat(purge.withinSeconds(60)).isEqualTo(60);

    compactions.get(0).complete(null);
    look(MINUTE + 50_000);
    assertThat(purge.withinSeconds(60)).as("it is said").isEqualTo(300);
    look(MINUTE + 249_000);
    assertThat(compactions).hasSize(1);
    look(MINUTE + 250_000);
    assertThat(compactions).hasSize(2);
  }

  @Test
  void storeThatCannotIsAskedAgain() {
    purge.want();
    look(MINUTE);
    compactions.get(0).completeExceptionally(new StoreUnavailableException("no room"));
    look(MINUTE + 100);
    assertThat(purge.isDue()).isTrue();

    look(2 * MINUTE);

    assertThat(compactions).hasSize(2);
  }

  @Test
  void nothingIsDoneWhereTheStoreDecides() {
    purge.want();

    purge.look(store, 0, MINUTE);
    purge.look(null, 60, MINUTE);

    assertThat(compactions).isEmpty();
  }
}
