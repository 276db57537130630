// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.Batch;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.NoteChange;
import io.leasehold.net.Bytes;
import io.leasehold.testkit.LeaseSamples;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Random batches. */
final class Batches {
  private Batches() {}

  static Batch any(Random random) {
    return any(random, 60, 12);
  }

  static Batch any(Random random, int keys, int atMost) {
    List<LeaseChange> leases = new ArrayList<>();
    Set<LeaseKey> used = new HashSet<>();
    for (int left = random.nextInt(atMost + 1); left > 0; left--) {
      LeaseKey key = LeaseSamples.anyKey(keys, random);
      if (used.add(key)) {
        leases.add(
            random.nextInt(4) == 0
                ? LeaseChange.remove(key)
                : LeaseChange.put(LeaseSamples.any(key, random)));
      }
    }
    List<NoteChange> notes = new ArrayList<>();
    if (random.nextInt(3) == 0) {
      int length = random.nextInt(4) == 0 ? 0 : random.nextInt(3000);
      Bytes value = LeaseSamples.octets(length, random);
      notes.add(new NoteChange("n" + random.nextInt(10), value));
    }
    return new Batch(leases, notes);
  }
}
