// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.testkit.sim.SimWorld;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The server's wall clock, which somebody may set. Clients have better ones. */
public final class ServerClock implements InstantSource {
  private record Setting(long sinceMillis, long offset) {}

  private final SimWorld world;
  private final List<Setting> settings = new ArrayList<>(List.of(new Setting(0, 0)));

  /** One that is right. */
  public ServerClock(SimWorld world) {
    this.world = world;
  }

  /** Sets it, by so much. */
  public void jump(long byMillis) {
    settings.add(new Setting(world.millis(), offset() + byMillis));
  }

  /** How far ahead of the world it is, in milliseconds. */
  public long offset() {
    return settings.get(settings.size() - 1).offset();
  }

  /** How far ahead of the world it was at least, at any time since then. */
  public long leastOffset(long sinceMillis) {
    long least = offset();
    for (int i = settings.size() - 1; i > 0 && settings.get(i).sinceMillis() >= sinceMillis; i--) {
      least = Math.min(least, settings.get(i - 1).offset());
    }
    return least;
  }

  @Override
  public long millis() {
    return world.millis() + offset();
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(millis());
  }
}
