// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNull;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import io.leasehold.server.ServerStatus;
import io.leasehold.transport.Transport;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.ServiceRegistration;

/** A subnet of a failover relationship is closed while there is no such relationship. */
public class GovernedSubnetIT extends ServerTest {
  private static final long PATIENCE_MILLIS = 1000;
  private static final String CLOSED = "subnets of the failover relationship pair-1 are closed";

  private final MemoryTransport transport = new MemoryTransport();
  private ServiceRegistration<Transport> registration;

  /** Gives odd addresses and permits everything with them. */
  private static final class Odd implements LeaseGovernor, GovernorView {
    private final List<LeaseChange> told = new CopyOnWriteArrayList<>();

    @Override
    public String name() {
      return "pair-1";
    }

    @Override
    public GovernorView view() {
      return this;
    }

    @Override
    public void committed(List<LeaseChange> changes) {
      told.addAll(changes);
    }

    @Override
    public Service service() {
      return Service.ALL;
    }

    @Override
    public boolean isOurs(LeaseKey key) {
      return (key.address().low() & 1) == 1;
    }

    @Override
    public boolean isFree(LeaseKey key, Optional<Lease> present) {
      return present.isEmpty();
    }

    @Override
    public boolean borrows(long now) {
      return false;
    }

    @Override
    public boolean mayGive(LeaseKey key, Optional<Lease> present, ClientIdentity who, long now) {
      return isOurs(key) && present.isEmpty();
    }

    @Override
    public boolean isSilentOn(LeaseKey key, Optional<Lease> present) {
      return false;
    }

    @Override
    public long promisedSeconds(Optional<Lease> present, long desiredSeconds, long now) {
      return desiredSeconds;
    }

    @Override
    public Lease marked(Optional<Lease> before, Lease after, Optional<Terms> terms, long now) {
      return after;
    }

    @Override
    public Optional<Lease> over(Lease lease, long now) {
      return Optional.empty();
    }
  }

  @Before
  public void serveFromMemory() throws Exception {
    registration =
        context.registerService(
            Transport.class,
            transport,
            new Hashtable<>(Map.of("service.ranking", 100, "leasehold.name", "memory")));
    await("the server listens and is ready", () -> transport.isBound() && ready());
  }

  @After
  public void withdraw() {
    registration.unregister();
  }

  @Test
  public void itOpensAndClosesWithItsRelationship() throws Exception {
    await("the status says that it is closed", this::isClosed);
    assertNull(transport.ask(solicit(duid()), PATIENCE_MILLIS));

    Odd odd = new Odd();
    ServiceRegistration<LeaseGovernor> governor =
        context.registerService(LeaseGovernor.class, odd, new Hashtable<>());
    await("it opens", () -> !isClosed());
    Bytes reply = transport.ask(solicit(duid()), PATIENCE_MILLIS);
    assertEquals(1, address(reply).low() & 1);
    await("the relationship hears of the lease", () -> odd.told.size() == 1);
    List<Lease> leases =
        service(GovernedLeases.class)
            .orElseThrow()
            .page("pair-1", Optional.empty(), 10)
            .toCompletableFuture()
            .get(5, TimeUnit.SECONDS);
    assertEquals(odd.told.get(0).lease().orElseThrow(), leases.get(0));

    governor.unregister();
    await("it closes", this::isClosed);
    assertNull(transport.ask(solicit(duid()), PATIENCE_MILLIS));
  }

  private boolean isClosed() {
    return service(ServerStatus.class)
        .map(status -> status.alarms().stream().anyMatch(alarm -> alarm.startsWith(CLOSED)))
        .orElse(false);
  }
}
