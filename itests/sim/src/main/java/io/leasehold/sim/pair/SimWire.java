// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim.pair;

import io.leasehold.testkit.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What lies between two servers: carries their connections, slowly, and is cut now and then. */
final class SimWire {
  private static final int REFUSED_MILLIS = 50;
  private static final int UNREACHABLE_MILLIS = 3000;

  /** A machine at one of its ends. */
  interface Machine extends SimStream.User {
    boolean isOn();

    /** The secondary: a primary has connected. */
    void accepted(SimStream stream);
  }

  private final SimWorld world;
  private final RandomGenerator random;
  private final List<SimStream> ends = new ArrayList<>();
  private int mostDelayMillis = 1;
  private Machine primary;
  private Machine secondary;
  private long heldFromPrimaryMillis;
  private long heldFromSecondaryMillis;
  private long cutMillis;
  private long connections;

  SimWire(SimWorld world) {
    this.world = world;
    this.random = world.random("wire");
  }

  void attach(Machine first, Machine second) {
    primary = first;
    secondary = second;
  }

  /** How long a message takes at most. */
  void mostDelay(int millis) {
    mostDelayMillis = millis;
  }

  /** The primary connects. */
  void open(Opening opening) {
    boolean isCut = isCut();
    boolean isPossible = !isCut && secondary.isOn() && random.nextInt(100) < 95;
    long delay =
        isPossible
            ? delay()
            : isCut || !secondary.isOn() ? UNREACHABLE_MILLIS : REFUSED_MILLIS + delay();
    world.after(
        delay,
        () -> {
          if (!opening.isWanted()) {
            return;
          }
          if (isPossible && secondary.isOn()) {
            connect(opening);
          } else {
            opening.failed("no connection");
          }
        });
  }

  /** A try to connect. */
  interface Opening {
    boolean isWanted();

    void opened(SimStream stream);

    void failed(String why);
  }

  private void connect(Opening opening) {
    connections++;
    world.note("connection " + connections + " is open");
    SimStream near = new SimStream(this, connections, primary);
    SimStream far = new SimStream(this, connections, secondary);
    near.join(far);
    ends.removeIf(end -> !end.isOpen());
    ends.add(near);
    ends.add(far);
    secondary.accepted(far);
    opening.opened(near);
  }

  private boolean isCut() {
    return cutMillis > world.millis()
        || heldFromPrimaryMillis > world.millis()
        || heldFromSecondaryMillis > world.millis();
  }

  private long delay() {
    return random.nextInt(mostDelayMillis + 1);
  }

  /** When a message that is sent now arrives. */
  long arrival(SimStream from, long lastMillis) {
    long held = from.user() == primary ? heldFromPrimaryMillis : heldFromSecondaryMillis;
    return Math.max(Math.max(lastMillis, held), world.millis() + delay());
  }

  void at(long millis, Runnable what) {
    world.after(millis - world.millis(), what);
  }

  /** What is sent to an end that is closed is answered by a machine that is on, if at all. */
  void reset(SimStream sender) {
    if (sender.other().user() == primary ? primary.isOn() : secondary.isOn()) {
      world.after(delay(), () -> sender.end("reset"));
    }
  }

  /** For so long messages wait, in one direction or both; connections outlive it. */
  void hold(boolean fromPrimary, boolean fromSecondary, long millis) {
    world.note("wire holds " + fromPrimary + " " + fromSecondary + " for " + millis + " ms");
    if (fromPrimary) {
      heldFromPrimaryMillis = world.millis() + millis;
    }
    if (fromSecondary) {
      heldFromSecondaryMillis = world.millis() + millis;
    }
  }

  /** What is sent, in one direction or both, is lost, and no connection comes about for a while. */
  void cut(boolean fromPrimary, boolean fromSecondary, long millis) {
    world.note("wire is cut " + fromPrimary + " " + fromSecondary + " for " + millis + " ms");
    cutMillis = world.millis() + millis;
    for (SimStream end : ends) {
      if (end.isOpen() && (end.user() == primary ? fromPrimary : fromSecondary)) {
        end.lose();
      }
    }
    for (SimStream end : ends) {
      mayHear(end, "the connection is broken");
    }
  }

  /** All connections end, for one side, for both, or for none yet. */
  void breakOff() {
    cut(true, true, 0);
  }

  /** A machine has lost its power. */
  void vanished(Machine machine) {
    for (SimStream end : ends) {
      if (end.user() == machine && end.isOpen()) {
        end.vanish();
        mayHear(end.other(), "the partner is gone");
      }
    }
  }

  private void mayHear(SimStream end, String why) {
    if (end.isOpen() && random.nextInt(3) > 0) {
      world.after(random.nextInt(random.nextBoolean() ? 100 : 20_000), () -> end.end(why));
    }
  }

  /** Everything goes through from now on. */
  void heal() {
    cutMillis = 0;
    heldFromPrimaryMillis = 0;
    heldFromSecondaryMillis = 0;
    mostDelayMillis = 1;
  }
}
