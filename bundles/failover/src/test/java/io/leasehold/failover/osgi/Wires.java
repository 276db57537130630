// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.hop.ConnectSpec;
import io.leasehold.hop.HopSession;
import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.security.Assurance;
import io.leasehold.security.AuthenticatedPeer;
import io.leasehold.security.ChannelFacts;
import io.leasehold.security.PeerRole;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Connections between hosts of a test, each of which proves that it has its name. */
final class Wires {
  private static final ChannelFacts FACTS =
      new ChannelFacts("none", "none", "", "", "", Instant.EPOCH);

  private record Listener(Ipv6 address, String name, SessionUser user) {}

  private final Map<Ipv6, Listener> listeners = new ConcurrentHashMap<>();
  private final List<Wire> open = new CopyOnWriteArrayList<>();
  private final Set<Ipv6> unreachable = ConcurrentHashMap.newKeySet();

  /** What a host has of them. */
  SessionTransport of(Ipv6 address, String name) {
    return new SessionTransport() {
      @Override
      public Binding accept(ListenSpec spec, boolean startTls, SessionUser user) {
        Listener listener = new Listener(address, name, user);
        listeners.put(address, listener);
        return new Listening(() -> listeners.remove(address, listener));
      }

      @Override
      public HopSession connect(ConnectSpec spec, SessionUser user) {
        Listener to = listeners.get(spec.remote());
        Wire wire = new Wire(new Listener(address, name, user), to);
        boolean isPossible =
            to != null
                && !unreachable.contains(address)
                && !unreachable.contains(spec.remote())
                && to.user().admits(address);
        if (isPossible) {
          wire.open();
        } else {
          user.ended(wire.near, "connect-failed");
        }
        return wire.near;
      }
    };
  }

  /** Nothing comes from a host or to it any more. */
  void cut(Ipv6 address) {
    unreachable.add(address);
    open.stream().filter(wire -> wire.touches(address)).forEach(wire -> wire.end("cut"));
  }

  void mend(Ipv6 address) {
    unreachable.remove(address);
  }

  private record Listening(Runnable end) implements Binding {
    @Override
    public List<EndpointStatus> endpoints() {
      return List.of();
    }

    @Override
    public Map<String, Long> counters() {
      return Map.of();
    }

    @Override
    public void close() {
      end.run();
    }
  }

  /** One connection; what happens on it happens one after the other. */
  private final class Wire {
    private final Listener from;
    private final Listener to;
    private final End near;
    private final End far;
    private boolean isOpen;

    Wire(Listener from, Listener to) {
      this.from = from;
      this.to = to;
      this.near = new End(this, true);
      this.far = new End(this, false);
    }

    synchronized void open() {
      isOpen = true;
      Wires.this.open.add(this);
      to.user().opened(far);
      from.user().opened(near);
    }

    boolean touches(Ipv6 address) {
      return from.address().equals(address) || to.address().equals(address);
    }

    synchronized boolean send(boolean isOutgoing, Bytes message) {
      if (isOpen && isOutgoing) {
        to.user().message(far, message);
      } else if (isOpen) {
        from.user().message(near, message);
      }
      return isOpen;
    }

    synchronized void end(String why) {
      if (isOpen) {
        isOpen = false;
        Wires.this.open.remove(this);
        to.user().ended(far, why);
        from.user().ended(near, why);
      }
    }
  }

  private record End(Wire wire, boolean isOutgoing) implements HopSession {
    private Listener other() {
      return isOutgoing ? wire.to : wire.from;
    }

    @Override
    public String id() {
      return "wire";
    }

    @Override
    public Ipv6 remote() {
      return other().address();
    }

    @Override
    public Optional<AuthenticatedPeer> peer() {
      return Optional.of(
          new AuthenticatedPeer(other().name(), Set.of(PeerRole.FAILOVER_PARTNER), "test", FACTS));
    }

    @Override
    public Assurance assurance() {
      return Assurance.PRIVATE;
    }

    @Override
    public boolean send(Bytes message) {
      return wire.send(isOutgoing, message);
    }

    @Override
    public void read(boolean wanted) {
      // What is sent is bounded by the test.
    }

    @Override
    public void close() {
      wire.end("closed");
    }
  }
}
