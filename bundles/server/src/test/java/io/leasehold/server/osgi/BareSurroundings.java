// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.lease.LeaseStore;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.transport.Transport;
import java.util.List;

/** A service registry with a store and nothing else, for tests to add to. */
class BareSurroundings implements Surroundings {
  final HeldStore store = new HeldStore();

  @Override
  public LeaseStore store() {
    return store;
  }

  @Override
  public Transport transport() {
    return null;
  }

  @Override
  public List<PacketInterceptor> hooks() {
    return List.of();
  }

  @Override
  public List<OptionDefinition> definitions() {
    return List.of();
  }

  @Override
  public List<AllocationPolicy> policies() {
    return List.of();
  }

  @Override
  public AllocationPolicy policy(String word) {
    return policies().stream()
        .filter(policy -> policy.name().equals(word))
        .findFirst()
        .or(() -> StandardPolicies.named(word))
        .orElseThrow();
  }
}
