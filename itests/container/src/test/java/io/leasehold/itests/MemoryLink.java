// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Inbound;
import io.leasehold.transport.Path;
import io.leasehold.transport.Transport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A link with clients that a relay agent serves. Each question comes from an address of its own.
 */
final class MemoryLink implements Transport {
  /** Of the link. */
  static final String INTERFACE = "mem0";

  private static final Ipv6 GROUP = Ipv6.ofText("ff02::1:2");
  private static final long LINK_LOCAL = 0xfe80_0000_0000_0000L;
  private static final int CLIENT_PORT = 546;

  private final Map<Ipv6, CompletableFuture<Bytes>> asked = new ConcurrentHashMap<>();
  private final AtomicLong clients = new AtomicLong();
  private volatile Inbound agent;

  @Override
  public String name() {
    return "memory-link";
  }

  @Override
  public Binding bind(BindSpec spec, Inbound to) {
    agent = to;
    return new Binding() {
      @Override
      public List<EndpointStatus> endpoints() {
        return List.of();
      }

      @Override
      public Map<String, Long> counters() {
        return Map.of();
      }

      @Override
      public boolean send(Bytes message, Destination to, String interfaceName) {
        return answered(message, to);
      }

      @Override
      public void close() {
        agent = null;
      }
    };
  }

  private boolean answered(Bytes message, Destination to) {
    CompletableFuture<Bytes> answer = asked.get(to.address());
    return answer != null && answer.complete(message);
  }

  boolean isBound() {
    return agent != null;
  }

  /** The answer, or null if none came in time or nobody listens. */
  Bytes ask(Bytes message, long patienceMillis) throws Exception {
    Inbound to = agent;
    if (to == null) {
      return null;
    }
    Ipv6 client = new Ipv6(LINK_LOCAL, clients.incrementAndGet());
    CompletableFuture<Bytes> answer = new CompletableFuture<>();
    asked.put(client, answer);
    try {
      to.message(message, new Way(client));
      return answer.get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    } finally {
      asked.remove(client);
    }
  }

  private final class Way implements Path {
    private final Ipv6 client;

    private Way(Ipv6 client) {
      this.client = client;
    }

    @Override
    public String interfaceName() {
      return INTERFACE;
    }

    @Override
    public Ipv6 local() {
      return GROUP;
    }

    @Override
    public Ipv6 remote() {
      return client;
    }

    @Override
    public int remotePort() {
      return CLIENT_PORT;
    }

    @Override
    public List<Ipv6> interfaceAddresses() {
      return List.of();
    }

    @Override
    public boolean send(Bytes message, Destination to) {
      return answered(message, to);
    }
  }
}
