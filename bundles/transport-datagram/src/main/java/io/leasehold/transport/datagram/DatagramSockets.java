// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Ipv6;
import io.leasehold.transport.Sieve;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The sockets that serve the endpoints of a binding. Changed by the owner of the endpoints only;
 * what is asked of it is for every thread.
 */
public abstract class DatagramSockets {
  private final String transportName;
  private final DatagramCounters counters;
  private Function<String, List<Ipv6>> addresses = name -> List.of();

  /** No sockets yet, of a transport with that name. */
  protected DatagramSockets(String transportName, DatagramCounters counters) {
    this.transportName = transportName;
    this.counters = counters;
  }

  /** Name of the transport. */
  public final String transportName() {
    return transportName;
  }

  /** What the binding counts. */
  final DatagramCounters counters() {
    return counters;
  }

  /** Before the first socket is opened: who knows the addresses of an interface. */
  final void learnAddressesFrom(Function<String, List<Ipv6>> source) {
    addresses = source;
  }

  /** Usable addresses of an interface. */
  public final List<Ipv6> addressesOf(String interfaceName) {
    return addresses.apply(interfaceName);
  }

  /** The interfaces have changed, and with them what is wanted. Before anything is opened. */
  protected abstract void changed(List<NetworkPort> ports, List<Wanted> wanted);

  /**
   * Opens what the endpoint needs and is not open yet.
   *
   * @throws IOException why it cannot; nothing stays half open
   */
  protected abstract void open(Wanted wanted) throws IOException;

  /** Closes what served an endpoint and none of the others that listen. */
  protected abstract void leave(Wanted gone, Collection<Wanted> listening);

  /** What a listening endpoint does less well than it should; empty if nothing. */
  protected abstract String remark(Wanted listening);

  /**
   * An open socket to send with. Any thread.
   *
   * @param local its address
   * @param index interface that it sends out of; 0: that of the route
   */
  protected abstract Optional<? extends DatagramPath.Answers> speaker(Ipv6 local, int index);

  /** See {@link io.leasehold.transport.Binding#thin}. Any thread. */
  protected void thin(Sieve sieve, int perMille) {
    // All pass.
  }

  /** Closes all. */
  protected abstract void close();
}
