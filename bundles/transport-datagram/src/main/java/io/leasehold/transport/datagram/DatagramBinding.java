// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport.datagram;

import io.leasehold.net.Bytes;
import io.leasehold.transport.BindSpec;
import io.leasehold.transport.Binding;
import io.leasehold.transport.Destination;
import io.leasehold.transport.EndpointStatus;
import io.leasehold.transport.Sieve;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** A binding: its endpoints, the thread that watches the interfaces, and what receives. */
public final class DatagramBinding implements Binding {
  /** What receives and sends, in whatever way. Called by the opener and the closer only. */
  public interface Machinery {
    /** The sockets of the endpoints. */
    DatagramSockets sockets();

    /** Begins to receive; the first endpoints are open. */
    void start();

    /** Ends receiving where that has to come before the sockets are closed. */
    void stop();

    /** Frees what is left; the sockets are closed. */
    void release();
  }

  private final Machinery machinery;
  private final Endpoints endpoints;
  private final InterfaceWatch watch;
  private final Speakers speakers;
  private final Consumer<DatagramBinding> onClose;
  private Thread watching;

  /** A binding; nothing is open yet. */
  public DatagramBinding(
      BindSpec spec, Machinery machinery, Duration rescan, Consumer<DatagramBinding> onClose) {
    this.machinery = machinery;
    this.onClose = onClose;
    this.endpoints =
        new Endpoints(spec, () -> NetworkPort.ofThisHost(spec.family()), machinery.sockets());
    this.speakers = new Speakers(endpoints, machinery.sockets(), new Routes());
    this.watch = new InterfaceWatch(endpoints, rescan);
  }

  /** Opens what can be opened, then goes on by itself. */
  public void start(String watchName) {
    synchronized (watch) { // its transport may be closed meanwhile
      if (watch.isStopped()) {
        return;
      }
      machinery.sockets().learnAddressesFrom(endpoints::addressesOf);
      endpoints.scan();
      machinery.start();
      watching = InterfaceWatch.launch(watchName, watch);
    }
  }

  @Override
  public List<EndpointStatus> endpoints() {
    return endpoints.status();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> counts = machinery.sockets().counters().snapshot();
    endpoints.kernelDrops().ifPresent(drops -> counts.put("received-lost", drops));
    return counts;
  }

  @Override
  public boolean send(Bytes message, Destination to, String interfaceName) {
    if (watch.isStopped()) {
      machinery.sockets().counters().sendAfterClose.increment();
      return false;
    }
    return speakers.send(message, to, interfaceName);
  }

  @Override
  public void thin(Sieve sieve, int perMille) {
    machinery.sockets().thin(sieve, perMille);
  }

  @Override
  public void close() {
    synchronized (watch) { // two closers at once: the second returns when all is closed, too
      if (!watch.stop()) {
        return;
      }
      machinery.stop();
      if (watching != null) {
        InterfaceWatch.await(watching);
      }
      endpoints.close();
      machinery.release();
      onClose.accept(this);
    }
  }
}
