// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.engine;

import io.leasehold.security.ChannelFactory;
import io.leasehold.security.Health;
import java.time.Duration;

/** What factories of engines have in common, whatever carries the octets. */
public abstract class EngineFactory implements ChannelFactory {
  private final Mechanism mechanism;
  private final LiveEngines live = new LiveEngines();

  /** By a mechanism of proof, which ends with this. */
  protected EngineFactory(Mechanism mechanism) {
    this.mechanism = mechanism;
  }

  /** How both ends prove who they are. */
  protected final Mechanism mechanism() {
    return mechanism;
  }

  /** The engines that it made. */
  protected final LiveEngines live() {
    return live;
  }

  @Override
  public final Health health() {
    return mechanism.health();
  }

  @Override
  public final void drain(Duration grace) {
    live.drain();
  }

  @Override
  public final void close() {
    live.close();
    mechanism.close();
  }
}
