// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.relay.agent.UplinkSettings;
import io.leasehold.security.Admission;
import io.leasehold.security.Assurance;
import io.leasehold.security.HopEnd;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import io.leasehold.transport.EndpointStatus;
import java.util.function.Supplier;

/** A server that is spoken to by datagrams. */
public final class DatagramUplink implements Uplink {
  private static final long ENDPOINTS_MILLIS = 1000;

  private final UplinkSettings settings;
  private final int sourcePort;
  private final Supplier<Binding> binding;
  private final Gate gate;
  private volatile Local local = new Local(null, Long.MIN_VALUE / 2, Ipv6.UNSPECIFIED);

  private record Local(Binding of, long askedMillis, Ipv6 address) {}

  /**
   * A server.
   *
   * @param binding from which to send; null while there is none
   */
  public DatagramUplink(
      UplinkSettings settings, int sourcePort, Supplier<Binding> binding, Gate gate) {
    this.settings = settings;
    this.sourcePort = sourcePort;
    this.binding = binding;
    this.gate = gate;
  }

  @Override
  public UplinkSettings settings() {
    return settings;
  }

  @Override
  public State state(long nowMillis) {
    Binding from = binding.get();
    if (from == null) {
      return State.down("no datagram transport is there; install leasehold-transport-epoll");
    }
    if (settings.channel().isEmpty()) {
      return State.up(Assurance.NONE);
    }
    Admission admission =
        gate.admit(
            settings.channel(),
            new HopEnd(local(from, nowMillis), sourcePort),
            new HopEnd(settings.address(), settings.port()));
    return admission.admitted() ? State.up(admission.assurance()) : State.down(admission.reason());
  }

  @Override
  public boolean send(Bytes message, long nowMillis) {
    Binding from = binding.get();
    return from != null
        && from.send(
            message, Destination.of(settings.address(), settings.port()), settings.interfaceName());
  }

  @Override
  public void renew() {
    // There is no connection.
  }

  /** Address that the binding sends from; unspecified while it is not known. */
  private Ipv6 local(Binding from, long nowMillis) {
    Local known = local;
    if (known.of() != from || Math.abs(nowMillis - known.askedMillis()) > ENDPOINTS_MILLIS) {
      known = new Local(from, nowMillis, ask(from));
      local = known;
    }
    return known.address();
  }

  private Ipv6 ask(Binding from) {
    Ipv6 linkLocal = Ipv6.UNSPECIFIED;
    for (EndpointStatus endpoint : from.endpoints()) {
      if (endpoint.state() == EndpointStatus.State.LISTENING && fits(endpoint)) {
        Ipv6 address = Ipv6.ofText(endpoint.address());
        if (!address.isLinkLocal()) {
          return address;
        }
        linkLocal = address;
      }
    }
    return linkLocal;
  }

  private boolean fits(EndpointStatus endpoint) {
    return (settings.interfaceName().isEmpty()
            || endpoint.interfaceName().equals(settings.interfaceName()))
        && !endpoint.address().equals("*")
        && !endpoint.address().equals("255.255.255.255")
        && !endpoint.address().startsWith("ff");
  }
}
