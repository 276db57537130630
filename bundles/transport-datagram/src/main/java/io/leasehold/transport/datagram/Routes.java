// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Ipv6;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The address that the system would send from. It is asked by connecting a socket, which sends
 * nothing, and remembered for a second. May be used from any thread.
 */
final class Routes {
  private static final int MOST_KEPT = 256;
  private static final long KEPT_NANOS = 1_000_000_000;
  private static final int DISCARD_PORT = 9;

  private record Known(Optional<Ipv6> source, long sinceNanos) {}

  // Under its own lock: senders meet here only once a second for each destination.
  private final Map<Ipv6, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Ipv6, Known> eldest) {
          return size() > MOST_KEPT;
        }
      };

  /** Our address for a destination; empty if there is no route to it. */
  Optional<Ipv6> sourceFor(Ipv6 destination) {
    long now = System.nanoTime();
    synchronized (known) {
      Known last = known.get(destination);
      if (last != null && now - last.sinceNanos < KEPT_NANOS) {
        return last.source;
      }
    }
    Optional<Ipv6> source = ask(destination);
    synchronized (known) {
      known.remove(destination);
      known.put(destination, new Known(source, now));
    }
    return source;
  }

  private static Optional<Ipv6> ask(Ipv6 destination) {
    StandardProtocolFamily family =
        destination.isMapped() ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
    try (DatagramChannel channel = DatagramChannel.open(family)) {
      channel.connect(new InetSocketAddress(SocketAddresses.inet(destination), DISCARD_PORT));
      InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
      return Optional.of(SocketAddresses.ipv6(local.getAddress()));
    } catch (IOException e) {
      return Optional.empty(); // no route now; the socket that sends says why
    }
  }
}
