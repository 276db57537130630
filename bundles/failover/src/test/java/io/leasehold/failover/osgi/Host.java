// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.allocation.GovernorView;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.failover.FailoverControl;
import io.leasehold.failover.FailoverStatus;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.Lease;
import io.leasehold.lease.LeaseChange;
import io.leasehold.lease.LeaseDetails;
import io.leasehold.lease.LeaseKey;
import io.leasehold.lease.LeaseState;
import io.leasehold.lease.LeaseTimes;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** A server as far as failover uses it: leases, notes, connections, and where services are kept. */
final class Host implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(20);

  final String name;
  final Ipv6 address;
  final MemoryStore store = new MemoryStore();
  final MemoryLeases leases;
  final FailoverHub hub = new FailoverHub();
  private final Map<String, Object> services = new ConcurrentHashMap<>();
  private final Map<String, FailoverComponent> relationships = new HashMap<>();

  Host(String name, String address, Wires wires) {
    this.name = name;
    this.address = Ipv6.ofText(address);
    this.leases = new MemoryLeases(this);
    hub.setTransport(wires.of(this.address, name));
  }

  /** Begins a relationship, as a file of these lines does. */
  void relate(String relationship, String role, Host partner, String... lines) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("name", relationship);
    properties.put("role", role);
    properties.put("partner", "tls://[" + partner.address + "]");
    properties.put("peer", partner.name);
    properties.put("channel", "pair");
    properties.put("mclt.seconds", "30");
    properties.put("startup.seconds", "1");
    properties.put("connect.seconds", "1");
    properties.put("connect.rejected.seconds", "1");
    for (String line : lines) {
      String[] parts = line.split("\\s*=\\s*", 2);
      properties.put(parts[0], parts[1]);
    }
    relationships.put(
        relationship, new FailoverComponent(properties, context(), hub, leases, store));
  }

  /** Ends a relationship, as the end of its file does. */
  void end(String relationship) {
    relationships.remove(relationship).close();
  }

  /** Keeps services by the name of their relationship. */
  private BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("registerService")) {
                throw new UnsupportedOperationException(method.toString());
              }
              String named = (String) ((Dictionary<?, ?>) arguments[2]).get("leasehold.name");
              services.put(named, arguments[1]);
              return registration(() -> services.remove(named));
            });
  }

  private static ServiceRegistration<?> registration(Runnable end) {
    return (ServiceRegistration<?>)
        Proxy.newProxyInstance(
            Host.class.getClassLoader(),
            new Class<?>[] {ServiceRegistration.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("unregister")) {
                throw new UnsupportedOperationException(method.toString());
              }
              end.run();
              return null;
            });
  }

  /** Whether the services of a relationship are there. */
  boolean has(String relationship) {
    return services.containsKey(relationship);
  }

  LeaseGovernor governor(String relationship) {
    return (LeaseGovernor) services.get(relationship);
  }

  FailoverStatus status(String relationship) {
    return (FailoverStatus) services.get(relationship);
  }

  FailoverControl control(String relationship) {
    return (FailoverControl) services.get(relationship);
  }

  /** Whether a relationship is there and in a state. */
  boolean isIn(String relationship, String state) {
    return has(relationship) && status(relationship).standing().state().equals(state);
  }

  /** A client gets address number {@code n} of a relationship for a minute. */
  void give(String relationship, int n) {
    leases.commit(relationship, lease(relationship, n));
  }

  private LeaseChange lease(String relationship, int n) {
    long now = System.currentTimeMillis() / 1000;
    LeaseKey key = key(n);
    Lease lease =
        new Lease(
            key,
            1,
            ClientIdentity.of(new Duid(Bytes.of(0, 3, 0, 1, 2, 0, 0, 0, n >> 8, n & 255))),
            1,
            LeaseState.ACTIVE,
            new LeaseTimes(now, now, now + 60, now + 60),
            LeaseDetails.NONE);
    Optional<GovernorView.Terms> terms = Optional.of(new GovernorView.Terms(30, 60));
    Optional<Lease> before = Optional.ofNullable(leases.of(relationship).get(key));
    return LeaseChange.put(governor(relationship).view().marked(before, lease, terms, now));
  }

  static LeaseKey key(int n) {
    return LeaseKey.address(new Ipv6(0x2001_0db8_0000_0000L, n));
  }

  /** Whether a relationship knows of address number {@code n}. */
  boolean knows(String relationship, int n) {
    return leases.of(relationship).containsKey(key(n));
  }

  @Override
  public void close() {
    List.copyOf(relationships.keySet()).forEach(this::end);
    hub.close();
  }
}
