// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.hop.SessionTransport;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What all relationships share: the thread and the connections. There while one of them is. */
@Component(service = FailoverHub.class)
public final class FailoverHub {
  private final FailoverLoop loop = new FailoverLoop(InstantSource.system(), System::nanoTime);
  private final Door door = new Door(loop, new SecureRandom());
  private final FailoverHops hops = new FailoverHops(loop, door::isExpected, door::arrived);

  /** Starts the thread. */
  @Activate
  public FailoverHub() {
    loop.add(door);
  }

  /** A transport for connections has come, or a better one. */
  @Reference(
      name = "transport",
      target = "(leasehold.name=tcp)",
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setTransport(SessionTransport service) {
    hops.use(service);
  }

  /** A transport has gone. */
  void unsetTransport(SessionTransport service) {
    hops.forget(service);
  }

  FailoverLoop loop() {
    return loop;
  }

  Door door() {
    return door;
  }

  FailoverHops hops() {
    return hops;
  }

  /** Ends the thread; connections have ended with their relationships. */
  @Deactivate
  void close() {
    hops.use(null);
    loop.close();
  }
}
