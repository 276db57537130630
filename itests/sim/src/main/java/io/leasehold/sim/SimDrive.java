// SPDX-License-Identifier: Apache-2.0
package io.leasehold.sim;

import io.leasehold.store.journal.Disk;
import io.leasehold.store.journal.DiskFile;
import io.leasehold.store.journal.Medium;
import io.leasehold.store.journal.SimMedium;
import io.leasehold.testkit.sim.SimWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A simulated disk whose calls take time, in which the world goes on; at any call it can fail, or
 * the machine can stop before, in the middle of, or after it.
 */
final class SimDrive implements Medium {
  /** Who uses the disk now. */
  enum Role {
    /** Nobody who could be held up: its calls take no time. */
    NOBODY,
    COMMITS,
    HOUSEKEEPING
  }

  private enum Kind {
    NAMES,
    READ,
    WRITE,
    FORCE
  }

  /** Who calls what on which file. */
  private record Caller(int life, Kind kind, String file) {}

  /**
   * What the housekeeper does to this file it does under a lock that commits may want; in a world
   * of one thread nothing else happens meanwhile.
   */
  private static final String LOCKED = "segment.tmp";

  private interface Call<T> {
    T run() throws IOException;
  }

  private final SimWorld world;
  private final SimMedium medium;
  private final RandomGenerator random;
  private final Runnable powerOff;
  private Role role = Role.NOBODY;
  private int life;
  private long crashIn = Long.MAX_VALUE;
  private long failIn = Long.MAX_VALUE;
  private int stallPercent;
  private long calls;

  /**
   * A drive.
   *
   * @param powerOff stops the machine; must call {@link #cut}
   */
  SimDrive(SimWorld world, SimMedium medium, Runnable powerOff) {
    this.world = world;
    this.medium = medium;
    this.random = world.random("drive");
    this.powerOff = powerOff;
  }

  SimMedium medium() {
    return medium;
  }

  long calls() {
    return calls;
  }

  /** The machine stops at the n-th call from now. */
  void crashIn(long n) {
    crashIn = n;
  }

  /** The n-th call from now fails. */
  void failIn(long n) {
    failIn = n;
  }

  /** So many of a hundred syncs take seconds. */
  void stalls(int percent) {
    stallPercent = percent;
  }

  /** Nothing goes wrong any more. */
  void heal() {
    crashIn = Long.MAX_VALUE;
    failIn = Long.MAX_VALUE;
    stallPercent = 0;
    medium.failSyncs(false);
    medium.full(false);
    medium.readOnly(false);
  }

  /** The machine is off: whoever waits for the disk never hears of it. */
  void cut() {
    life++;
    crashIn = Long.MAX_VALUE;
    failIn = Long.MAX_VALUE;
  }

  /** Does something that uses the disk in a role. */
  void as(Role user, Runnable what) {
    Role before = role;
    role = user;
    try {
      what.run();
    } finally {
      role = before;
    }
  }

  @Override
  public String place() {
    return medium.place();
  }

  @Override
  public Disk open() throws IOException {
    int mine = life;
    return call(new Caller(mine, Kind.NAMES, ""), () -> new TimedDisk(medium.open(), mine));
  }

  private <T> T call(Caller caller, Call<T> what) throws IOException {
    mustBeOn(caller);
    calls++;
    boolean crashes = --crashIn == 0;
    boolean fails = --failIn == 0;
    int moment = crashes ? random.nextInt(3) : -1;
    if (moment == 1 && caller.kind() != Kind.WRITE) {
      // Only a write has a middle: what a force has done so far the loss of power decides.
      moment = 0;
    }
    if (moment == 0) {
      stop("before", caller);
    }
    linger(caller);
    mustBeOn(caller);
    if (moment == 1 || fails) {
      // A write that fails has got somewhere.
      medium.faultAt(1, false);
    }
    try {
      T result = what.run();
      if (moment == 2) {
        stop("after", caller);
      }
      return result;
    } catch (IOException e) {
      if (moment == 1) {
        stop("in the middle of", caller);
      }
      world.note("disk: " + caller + " failed: " + e.getMessage());
      throw e;
    }
  }

  private void mustBeOn(Caller caller) throws IOException {
    if (caller.life() != life) {
      throw new IOException("the machine is off");
    }
  }

  private void stop(String moment, Caller caller) throws IOException {
    world.note("power is cut " + moment + " " + caller);
    powerOff.run();
    throw new IOException("the machine is off");
  }

  /** Time goes by, and other things happen. */
  private void linger(Caller caller) {
    if (role == Role.NOBODY || role == Role.HOUSEKEEPING && caller.file().equals(LOCKED)) {
      return;
    }
    long millis = latency(caller.kind());
    if (millis > 0) {
      Role user = role;
      role = Role.NOBODY;
      world.runUntil(() -> caller.life() != life, Duration.ofMillis(millis));
      role = user;
    }
  }

  private long latency(Kind kind) {
    return switch (kind) {
      case FORCE ->
          random.nextInt(100) < stallPercent ? random.nextLong(300, 6000) : random.nextInt(5);
      case WRITE -> role == Role.HOUSEKEEPING ? random.nextInt(3) : 0;
      case READ -> role == Role.HOUSEKEEPING ? random.nextInt(8) / 7 : 0;
      case NAMES -> random.nextInt(4) / 3;
    };
  }

  private final class TimedDisk implements Disk {
    private final Disk disk;
    private final int mine;
    private boolean closed;

    TimedDisk(Disk disk, int mine) {
      this.disk = disk;
      this.mine = mine;
    }

    /**
     * A lock keeps the housekeeper and whoever closes the disk apart; in a world of one thread it
     * does not, and the housekeeper must not go on with what is no longer its own.
     */
    private void mustBeOpen() throws IOException {
      if (closed) {
        throw new IOException("the disk is closed");
      }
    }

    @Override
    public List<String> list() throws IOException {
      return call(caller(""), disk::list);
    }

    @Override
    public DiskFile open(String name) throws IOException {
      return call(caller(name), () -> new TimedFile(disk.open(name), name, this));
    }

    @Override
    public DiskFile create(String name) throws IOException {
      return call(caller(name), () -> new TimedFile(disk.create(name), name, this));
    }

    @Override
    public void rename(String from, String to) throws IOException {
      call(caller(from), nothing(() -> disk.rename(from, to)));
    }

    @Override
    public void delete(String name) throws IOException {
      call(caller(name), nothing(() -> disk.delete(name)));
    }

    @Override
    public void sync() throws IOException {
      mustBeOpen();
      call(new Caller(mine, Kind.FORCE, ""), nothing(disk::sync));
    }

    private Caller caller(String name) throws IOException {
      mustBeOpen();
      return new Caller(mine, Kind.NAMES, name);
    }

    @Override
    public long freeOctets() throws IOException {
      return disk.freeOctets();
    }

    @Override
    public String place() {
      return disk.place();
    }

    @Override
    public void close() throws IOException {
      closed = true;
      disk.close();
    }
  }

  private interface Change {
    void run() throws IOException;
  }

  private static Call<Void> nothing(Change change) {
    return () -> {
      change.run();
      return null;
    };
  }

  private final class TimedFile implements DiskFile {
    private final DiskFile file;
    private final String name;
    private final TimedDisk disk;

    TimedFile(DiskFile file, String name, TimedDisk disk) {
      this.file = file;
      this.name = name;
      this.disk = disk;
    }

    @Override
    public long size() throws IOException {
      return call(caller(Kind.READ), file::size);
    }

    @Override
    public void read(long at, ByteBuffer into) throws IOException {
      change(Kind.READ, () -> file.read(at, into));
    }

    @Override
    public void write(long at, ByteBuffer from) throws IOException {
      change(Kind.WRITE, () -> file.write(at, from));
    }

    @Override
    public void force(boolean metadata) throws IOException {
      change(Kind.FORCE, () -> file.force(metadata));
    }

    private void change(Kind kind, Change change) throws IOException {
      call(caller(kind), nothing(change));
    }

    private Caller caller(Kind kind) throws IOException {
      disk.mustBeOpen();
      return new Caller(disk.mine, kind, name);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }
}
