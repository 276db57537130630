// SPDX-License-Identifier: Apache-2.0
package io.leasehold.testkit;

import io.leasehold.net.Family;
import io.leasehold.net.Ipv6;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.EndpointStatus.State;
import io.leasehold.transport.Transport;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A transport on the loopback interface, for the contracts of transports. */
public abstract class TransportGround {
  /** How long a test waits for something that must happen. */
  protected static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Everything that was received. */
  protected final ReceivedMessages received = new ReceivedMessages();

  private final List<Binding> bindings = new ArrayList<>();

  /** The other side. */
  protected DatagramPeer peer;

  /** Port that is bound. */
  protected int port;

  /** The transport under test. */
  protected abstract Transport transport();

  /** Addresses of which family are used; a subclass may run the contract for the other one. */
  protected Family family() {
    return Family.IPV6;
  }

  /** Loopback address of the family. */
  protected final Ipv6 loopbackAddress() {
    return DatagramPeer.loopback(family());
  }

  /** The same for sockets. */
  protected final InetAddress loopbackHost() throws IOException {
    return InetAddress.getByName(loopbackAddress().toString());
  }

  /** Name of the loopback interface. */
  protected String loopback() {
    return "lo";
  }

  @BeforeEach
  void openPeer() throws IOException {
    peer = new DatagramPeer(family());
    port = freePort();
  }

  @AfterEach
  void closeAll() {
    bindings.forEach(Binding::close);
    peer.close();
  }

  /** A port that is free at this moment. */
  protected final int freePort() throws IOException {
    try (DatagramSocket probe = new DatagramSocket(0, loopbackHost())) {
      return probe.getLocalPort();
    }
  }

  /** Binds the loopback address. */
  protected final Binding bindLoopback() {
    return bind(loopback() + "/" + loopbackAddress());
  }

  /** Binds an interface without groups; closed after the test. */
  protected final Binding bind(String interfaceText) {
    Binding binding =
        transport().bind(new BindSpec(family(), List.of(interfaceText), port, List.of()), received);
    bindings.add(binding);
    return binding;
  }

  /** Waits until every endpoint listens. */
  protected static void awaitListening(Binding binding) {
    Await.until(PATIENCE, () -> state(binding) == State.LISTENING);
  }

  /** The worst state of its endpoints. */
  protected static State state(Binding binding) {
    return binding.endpoints().stream()
        .map(EndpointStatus::state)
        .reduce(State.LISTENING, (a, b) -> a.compareTo(b) > 0 ? a : b);
  }

  /** Messages that could not be sent. */
  protected static long failures(Binding binding) {
    return binding.counters().entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("send-"))
        .filter(entry -> !entry.getKey().equals("send-calls"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
