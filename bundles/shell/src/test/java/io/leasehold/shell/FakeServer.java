// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseKey;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.PlanControl;
import io.leasehold.server.PlanReport;
import io.leasehold.server.ServerStatus;
import io.leasehold.server.SubnetUse;
import io.leasehold.transport.EndpointStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A server of a few leases, as commands see it. */
final class FakeServer implements LeaseLedger, PlanControl, ServerStatus {
  final TreeMap<LeaseKey, Lease> leases = new TreeMap<>();
  final List<LeaseQuery> released = new ArrayList<>();
  final List<LeaseQuery> wiped = new ArrayList<>();
  final List<Path> checked = new ArrayList<>();
  int pages;
  List<String> obstacles = List.of();
  Map<String, String> facts = Map.of("server-duid", "00:02:aa");
  Map<String, Long> counters = Map.of();
  List<SubnetUse> subnets = List.of();
  Map<String, List<EndpointStatus>> endpoints = Map.of();
  PlanReport report = new PlanReport(true, List.of(), "1 subnet");
  Optional<Exception> ledgerFault = Optional.empty();

  @Override
  public CompletionStage<Optional<Lease>> find(LeaseKey key) {
    return CompletableFuture.completedFuture(Optional.ofNullable(leases.get(key)));
  }

  @Override
  public CompletionStage<List<Lease>> list(LeaseQuery query, Optional<LeaseKey> after, int limit) {
    pages++;
    return CompletableFuture.completedFuture(
        leases.values().stream()
            .filter(query::matches)
            .filter(lease -> after.isEmpty() || lease.key().compareTo(after.get()) > 0)
            .limit(limit)
            .toList());
  }

  @Override
  public CompletionStage<Long> release(LeaseQuery query) {
    released.add(query);
    return count(query);
  }

  @Override
  public CompletionStage<Long> wipe(LeaseQuery query) {
    wiped.add(query);
    return count(query);
  }

  private CompletionStage<Long> count(LeaseQuery query) {
    return ledgerFault.isPresent()
        ? CompletableFuture.failedFuture(ledgerFault.get())
        : CompletableFuture.completedFuture(
            leases.values().stream().filter(query::matches).count());
  }

  @Override
  public PlanReport check(List<Path> documents) {
    checked.addAll(documents);
    return report;
  }

  @Override
  public CompletionStage<PlanReport> reload() {
    return CompletableFuture.completedFuture(report);
  }

  @Override
  public PlanReport current() {
    return report;
  }

  @Override
  public List<String> obstacles() {
    return obstacles;
  }

  @Override
  public List<String> alarms() {
    return List.of("plan: the last one was refused");
  }

  @Override
  public Map<String, String> facts() {
    return facts;
  }

  @Override
  public Map<String, List<EndpointStatus>> endpoints() {
    return endpoints;
  }

  @Override
  public Map<String, Long> counters() {
    return counters;
  }

  @Override
  public List<SubnetUse> subnets() {
    return subnets;
  }

  @Override
  public io.leasehold.codec.option.OptionCatalogue catalogue() {
    return io.leasehold.codec.v6.Dhcp6OptionTable.CATALOGUE;
  }

  @Override
  public boolean servesSome() {
    return obstacles().isEmpty();
  }
}
