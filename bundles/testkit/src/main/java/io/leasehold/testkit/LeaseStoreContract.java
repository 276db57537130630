// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import static io.leasehold.testkit.StoreContent.commit;
import static io.leasehold.testkit.StoreContent.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.lease.Batch;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseKind;
import io.leasehold.lease.LeaseStore;
import io.leasehold.lease.NoteChange;
import io.leasehold.lease.StoreStatus.Condition;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every {@link LeaseStore} must do, ours or a stranger's. */
public abstract class LeaseStoreContract extends StoreAbilitiesContract {
  @Test
  @DisplayName("S-01: an empty store gives nothing and is open")
  void emptyStore() throws Exception {
    assertThat(leases()).isEmpty();
    assertThat(store.readNote("absent")).isEmpty();
    assertThat(store.status().condition()).isEqualTo(Condition.OPEN);
    assertThat(store.status().cause()).isEmpty();
    assertThat(store.status().epoch()).isPositive();
    reopen();
    assertThat(leases()).isEmpty();
  }

  @Test
  @DisplayName("S-02: every field of every kind of lease survives a reopening")
  void everyFieldSurvives() throws Exception {
    Random random = new Random(2);
    Map<LeaseKey, Lease> written = new HashMap<>();
    for (int i = 0; i < 400; i++) {
      Lease lease = LeaseSamples.any(LeaseSamples.anyKey(200, random), random);
      written.put(lease.key(), lease);
      commit(store, LeaseChange.put(lease));
    }
    assertThat(leases()).isEqualTo(written);
    reopen();
    assertThat(leases()).isEqualTo(written);
    get(store.compact().toCompletableFuture());
    assertThat(leases()).isEqualTo(written);
    reopen();
    assertThat(leases()).isEqualTo(written);
  }

  @Test
  @DisplayName("S-03: update, tombstone and new creation of one key: the last one wins")
  void theLastOneWins() throws Exception {
    LeaseKey key = LeaseSamples.key(1);
    commit(store, put(1, 1));
    commit(store, put(1, 2));
    reopen();
    assertThat(leases()).containsOnly(Map.entry(key, LeaseSamples.lease(1, 2)));
    get(store.compact().toCompletableFuture());
    commit(store, LeaseChange.remove(key));
    reopen();
    assertThat(leases()).isEmpty();
    get(store.compact().toCompletableFuture());
    assertThat(leases()).isEmpty();
    commit(store, put(1, 3));
    reopen();
    assertThat(leases()).containsOnly(Map.entry(key, LeaseSamples.lease(1, 3)));
  }

  @Test
  @DisplayName(
      "S-04: the same address in two realms, the same prefix with two lengths: different leases")
  void keysAreWhole() throws Exception {
    Ipv6 address = Ipv6.ofText("2001:db8:1::");
    Random random = new Random(4);
    Map<LeaseKey, Lease> written = new HashMap<>();
    for (LeaseKey key :
        List.of(
            new LeaseKey(0, LeaseKind.IA_NA, address, 128),
            new LeaseKey(1, LeaseKind.IA_NA, address, 128),
            new LeaseKey(0, LeaseKind.IA_TA, address, 128),
            new LeaseKey(0, LeaseKind.IA_PD, address, 48),
            new LeaseKey(0, LeaseKind.IA_PD, address, 56))) {
      written.put(key, LeaseSamples.any(key, random));
      commit(store, LeaseChange.put(written.get(key)));
    }
    get(store.compact().toCompletableFuture());
    reopen();
    assertThat(leases()).isEqualTo(written);
  }

  @Test
  @DisplayName("S-05: leases and notes of a batch become durable together")
  void leasesAndNotesTogether() throws Exception {
    Bytes value = Bytes.of(1, 2, 3);
    commit(
        store, new Batch(List.of(put(1, 1), put(2, 1)), List.of(new NoteChange("state", value))));
    assertThat(store.readNote("state")).contains(value);
    reopen();
    assertThat(leases()).hasSize(2);
    assertThat(store.readNote("state")).contains(value);
  }

  @Test
  @DisplayName("S-16: a second opener is refused, and the first goes on")
  void oneOpener() throws Exception {
    LeaseStore second = open();
    try {
      Await.until(PATIENCE, () -> second.status().cause().contains("in use by process"));
      assertThat(second.status().condition()).isEqualTo(Condition.STOPPED);
      assertThat(second.append(Batch.of(List.of(put(1, 1)))).toCompletableFuture())
          .isCompletedExceptionally();
    } finally {
      close(second);
    }
    commit(store, put(1, 1));
    reopen();
    assertThat(leases()).hasSize(1);
  }

  @Test
  @DisplayName("S-17: notes are replaced as a whole, may hold any octets, and can be forgotten")
  void notes() throws Exception {
    Bytes large = LeaseSamples.octets(64 << 10, new Random(17));
    commit(store, new Batch(List.of(), List.of(note("small", 1), new NoteChange("large", large))));
    commit(store, new Batch(List.of(), List.of(note("small", 2), note("käse", 3))));
    get(store.compact().toCompletableFuture());
    commit(store, new Batch(List.of(), List.of(new NoteChange("käse", Bytes.EMPTY))));
    for (int round = 0; round < 3; round++) {
      assertThat(store.readNote("small")).contains(Bytes.of(2));
      assertThat(store.readNote("large")).contains(large);
      assertThat(store.readNote("käse")).isEmpty();
      reopen();
      get(store.compact().toCompletableFuture());
    }
  }
}
