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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A transport without a network: a test hands messages over and gets the answers. */
final class MemoryTransport implements Transport {
  private static final String INTERFACE = "mem0";
  private static final Ipv6 CLIENT = Ipv6.ofText("fe80::c");
  private static final Ipv6 GROUP = Ipv6.ofText("ff02::1:2");

  private volatile Inbound inbound;

  @Override
  public String name() {
    return "memory";
  }

  @Override
  public Binding bind(BindSpec spec, Inbound to) {
    inbound = to;
    return new Binding() {
      @Override
      public List<EndpointStatus> endpoints() {
        return List.of(
            new EndpointStatus(
                spec.family(),
                INTERFACE,
                GROUP.toString(),
                spec.port(),
                EndpointStatus.State.LISTENING,
                ""));
      }

      @Override
      public Map<String, Long> counters() {
        return Map.of();
      }

      @Override
      public void close() {
        inbound = null;
      }
    };
  }

  boolean isBound() {
    return inbound != null;
  }

  /** The answer, or null if none came in time or nobody listens. */
  Bytes ask(Bytes message, long patienceMillis) throws Exception {
    Inbound to = inbound;
    if (to == null) {
      return null;
    }
    CompletableFuture<Bytes> answer = new CompletableFuture<>();
    to.message(message, new WayBack(INTERFACE, GROUP, CLIENT, 546, List.of(), answer));
    try {
      return answer.get(patienceMillis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return null;
    }
  }

  private record WayBack(
      String interfaceName,
      Ipv6 local,
      Ipv6 remote,
      int remotePort,
      List<Ipv6> interfaceAddresses,
      CompletableFuture<Bytes> answer)
      implements Path {
    @Override
    public boolean send(Bytes message, Destination to) {
      return answer.complete(message);
    }
  }
}
