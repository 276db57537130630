// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell;

import io.leasehold.server.DecisionLedger;
import io.leasehold.server.RelayLedger;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Completes what can be traced: running traces, relay agents, clients of the first leases. */
@Service
public final class TraceCompleter extends Completing {
  @Override
  Collection<String> words(Services services) throws CommandFailure {
    Stream<String> running =
        services.find(DecisionLedger.class).map(DecisionLedger::traces).orElse(List.of()).stream()
            .map(trace -> TraceTarget.text(trace.pattern()));
    Stream<String> relays =
        services.find(RelayLedger.class).map(RelayLedger::relays).orElse(List.of()).stream()
            .map(relay -> relay.address().toString());
    Stream<String> clients =
        LeaseCompleter.first(services).stream()
            .flatMap(lease -> LeaseCompleter.clients(lease).stream());
    return Stream.of(Stream.of(TraceTarget.ANY), running, relays, clients)
        .flatMap(words -> words)
        .distinct()
        .toList();
  }
}
