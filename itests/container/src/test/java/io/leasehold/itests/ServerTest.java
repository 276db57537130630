// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import io.leasehold.codec.option.Options;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.codec.v6.Dhcp6MessageType;
import io.leasehold.codec.v6.Dhcp6OptionCode;
import io.leasehold.codec.v6.Dhcp6Options;
import io.leasehold.codec.v6.IaAddress;
import io.leasehold.codec.v6.IaNa;
import io.leasehold.lease.Lease;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.server.LeaseLedger;
import io.leasehold.server.LeaseQuery;
import io.leasehold.server.ServerStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/** Talks to the server as clients do, each of which gets an address with two messages. */
public abstract class ServerTest extends ContainerTest {
  /** How clients reach the server. */
  protected interface Asker {
    /** The answer; null if none came. */
    Bytes ask(Bytes message) throws Exception;
  }

  /** One client after the other, from a thread of its own. */
  protected final class Load {
    private final Set<Ipv6> committed = ConcurrentHashMap.newKeySet();
    private final Thread thread;
    private volatile boolean stopped;
    private volatile int unanswered;

    Load(Asker asker) {
      thread = new Thread(() -> run(asker), "itest-load");
      thread.start();
    }

    private void run(Asker asker) {
      while (!stopped) {
        try {
          Bytes answer = asker.ask(solicit(duid()));
          if (answer == null) {
            unanswered++;
          } else {
            committed.add(address(ClientServerMessage.decode(answer)));
          }
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    }

    /** How many clients were not answered. */
    int unanswered() {
      return unanswered;
    }

    void awaitMore(String when) throws Exception {
      int before = committed.size();
      await("leases are committed " + when, () -> committed.size() > before + 20);
    }

    /** Ends it; every lease that a client was told must be there. */
    void stopAndCheck() throws Exception {
      stopped = true;
      thread.join();
      List<Lease> kept =
          service(LeaseLedger.class)
              .orElseThrow()
              .list(LeaseQuery.ALL, Optional.empty(), Integer.MAX_VALUE)
              .toCompletableFuture()
              .get(5, TimeUnit.SECONDS);
      Set<Ipv6> addresses =
          kept.stream().map(lease -> lease.key().address()).collect(Collectors.toSet());
      assertTrue("a committed lease is missing", addresses.containsAll(committed));
      assertNotEquals(0, committed.size());
    }
  }

  private int clients;

  private static Ipv6 address(ClientServerMessage reply) {
    assertEquals(Dhcp6MessageType.REPLY, reply.type());
    IaNa association = reply.options().first(Dhcp6Options.IA_NA).orElseThrow();
    return association.options().first(Dhcp6Options.IAADDR).map(IaAddress::address).orElseThrow();
  }

  /** An address that a client was given. */
  protected static Ipv6 address(Bytes reply) {
    return address(ClientServerMessage.decode(reply));
  }

  /** A client that was not there before. */
  protected final synchronized Duid duid() {
    clients++;
    return new Duid(
        Bytes.of(0, 3, 0, 1, 2, 0, 0, clients >> 16, clients >> 8 & 0xff, clients & 0xff));
  }

  /** A Solicit with Rapid Commit. */
  protected static Bytes solicit(Duid duid) {
    Options options =
        Options.builder()
            .add(Dhcp6Options.CLIENT_ID, duid)
            .add(Dhcp6Options.IA_NA, new IaNa(1, 0, 0, Options.EMPTY))
            .add(Dhcp6OptionCode.RAPID_COMMIT, Bytes.EMPTY)
            .build();
    return new ClientServerMessage(Dhcp6MessageType.SOLICIT, 0x123456, options).encode();
  }

  /** Whether the server says that it is ready. */
  protected final boolean ready() {
    return service(ServerStatus.class).map(status -> status.obstacles().isEmpty()).orElse(false);
  }

  /** The best service of a type. */
  protected final <T> Optional<T> service(Class<T> type) {
    ServiceReference<T> reference = context.getServiceReference(type);
    return reference == null
        ? Optional.empty()
        : Optional.ofNullable(context.getService(reference));
  }

  /** An installed bundle. */
  protected final Optional<Bundle> bundle(String symbolicName) {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
        .findFirst();
  }
}
