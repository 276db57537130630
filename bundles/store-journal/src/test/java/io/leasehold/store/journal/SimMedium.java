// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.testkit.StoreFaults;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A directory in memory with the promises of a real one and no more: what was not forced may be
 * lost, names that were not synced too; a force that fails loses what it was to write, although it
 * can still be read. Every call can be made to fail. Safe for several threads.
 */
public final class SimMedium implements Medium, StoreFaults {
  private final Random random;
  private Map<String, SimFile> names = new TreeMap<>();
  private final List<Consumer<Map<String, SimFile>>> unsyncedNames = new ArrayList<>();
  private Map<String, SimFile> storedNames = new TreeMap<>();
  private boolean locked;
  private int generation;
  private long calls;
  private long faultAt = Long.MAX_VALUE;
  private boolean faultCrashes;
  private boolean crashed;
  private boolean withheld;
  private int waiting;
  private boolean syncsFail;
  private boolean readOnly;
  private long capacity = Long.MAX_VALUE;
  private long forces;
  private int forcesAfterFailure;

  /** An empty one; what a crash leaves depends on the seed. */
  public SimMedium(long seed) {
    random = new Random(seed);
  }

  @Override
  public String place() {
    return "/sim";
  }

  @Override
  public synchronized Disk open() throws IOException {
    enter(generation);
    if (locked) {
      throw new IOException("in use by process 1, which is this one");
    }
    locked = true;
    return new SimDisk(generation);
  }

  /**
   * Makes the call of a number (from 1, counted from now) fail; if it crashes, so do all after it.
   */
  public synchronized void faultAt(long call, boolean crashes) {
    calls = 0;
    faultAt = call;
    faultCrashes = crashes;
  }

  /** How many calls there were since {@link #faultAt}. */
  public synchronized long calls() {
    return calls;
  }

  /** Whether the fault of {@link #faultAt} has happened and was a crash. */
  public synchronized boolean isCrashed() {
    return crashed;
  }

  @Override
  public synchronized void withholdSyncs(boolean on) {
    withheld = on;
    notifyAll();
  }

  @Override
  public synchronized int withheldSyncs() {
    return waiting;
  }

  @Override
  public synchronized void failSyncs(boolean on) {
    syncsFail = on;
  }

  @Override
  public synchronized void full(boolean on) {
    capacity = on ? used() : Long.MAX_VALUE;
  }

  @Override
  public synchronized void readOnly(boolean on) {
    readOnly = on;
  }

  @Override
  public synchronized long syncs() {
    return forces;
  }

  /** No more than this fits. */
  public synchronized void capacity(long octets) {
    capacity = octets;
  }

  /** Octets that all files have. */
  public synchronized long used() {
    return names.values().stream().mapToLong(SimFile::size).sum();
  }

  /** Cuts the power. Files that are open are lost to those who have them. */
  public synchronized void crash(SimFile.Loss loss) {
    generation++;
    locked = false;
    crashed = false;
    faultAt = Long.MAX_VALUE;
    if (loss == SimFile.Loss.KILLED) {
      return;
    }
    for (Consumer<Map<String, SimFile>> change : unsyncedNames) {
      if (loss != SimFile.Loss.ALL && random.nextBoolean()) {
        change.accept(storedNames);
      }
    }
    unsyncedNames.clear();
    names = new TreeMap<>(storedNames);
    names.values().forEach(file -> file.crash(loss, random));
  }

  /** Names of all files. */
  public synchronized List<String> files() {
    return List.copyOf(names.keySet());
  }

  /** A file, or null. */
  public synchronized SimFile file(String name) {
    return names.get(name);
  }

  /** Takes a file away, behind everybody's back. */
  public synchronized SimFile take(String name) {
    storedNames.remove(name);
    return names.remove(name);
  }

  /** Puts a file there, behind everybody's back. */
  public synchronized void put(String name, SimFile file) {
    names.put(name, file);
    storedNames.put(name, file);
  }

  /** Another medium with the same content, at rest. */
  public synchronized SimMedium copy(long seed) {
    SimMedium copy = new SimMedium(seed);
    names.forEach(
        (name, file) -> {
          SimFile twin = new SimFile();
          twin.write(0, file.seen().clone());
          twin.force();
          copy.put(name, twin);
        });
    return copy;
  }

  /** Whether the content or the name of a file would not survive a loss of power now. */
  public synchronized boolean isAtRisk(String name) {
    SimFile file = names.get(name);
    return file.isAtRisk() || storedNames.get(name) != file;
  }

  /** How often a file was forced again after that had failed; nobody may rely on such a file. */
  public synchronized int forcesAfterFailure() {
    return forcesAfterFailure;
  }

  private void enter(int caller) throws IOException {
    calls++;
    if (caller != generation || crashed) {
      throw new IOException("the machine is off");
    }
    if (calls == faultAt) {
      crashed = faultCrashes;
      throw new IOException("fault at call " + calls);
    }
  }

  private void changeNames() throws IOException {
    if (readOnly) {
      throw new IOException("Read-only file system");
    }
  }

  private void change(Consumer<Map<String, SimFile>> change) {
    change.accept(names);
    unsyncedNames.add(change);
  }

  private void await() throws IOException {
    try {
      waiting++;
      while (withheld) {
        wait();
      }
      waiting--;
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** The directory as one process sees it. */
  private final class SimDisk implements Disk {
    private final int owner;

    SimDisk(int owner) {
      this.owner = owner;
    }

    @Override
    public List<String> list() throws IOException {
      synchronized (SimMedium.this) {
        enter(owner);
        return List.copyOf(names.keySet());
      }
    }

    @Override
    public DiskFile open(String name) throws IOException {
      synchronized (SimMedium.this) {
        enter(owner);
        SimFile file = names.get(name);
        if (file == null) {
          throw new IOException("no file " + name);
        }
        return new Handle(file, owner);
      }
    }

    @Override
    public DiskFile create(String name) throws IOException {
      synchronized (SimMedium.this) {
        enter(owner);
        changeNames();
        SimFile file = new SimFile();
        change(all -> all.put(name, file));
        return new Handle(file, owner);
      }
    }

    @Override
    public void rename(String from, String to) throws IOException {
      synchronized (SimMedium.this) {
        enter(owner);
        changeNames();
        SimFile file = names.get(from);
        if (file == null) {
          throw new IOException("no file " + from);
        }
        change(
            all -> {
              all.remove(from);
              all.put(to, file);
            });
      }
    }

    @Override
    public void delete(String name) throws IOException {
      synchronized (SimMedium.this) {
        enter(owner);
        changeNames();
        change(all -> all.remove(name));
      }
    }

    @Override
    public void sync() throws IOException {
      synchronized (SimMedium.this) {
        enter(owner);
        storedNames = new TreeMap<>(names);
        unsyncedNames.clear();
      }
    }

    @Override
    public long freeOctets() {
      return Math.max(0, capacity - used());
    }

    @Override
    public String place() {
      return SimMedium.this.place();
    }

    @Override
    public void close() {
      synchronized (SimMedium.this) {
        if (owner == generation) {
          locked = false;
        }
      }
    }
  }

  /** An open file. */
  private final class Handle implements DiskFile {
    private final SimFile file;
    private final int owner;

    Handle(SimFile file, int owner) {
      this.file = file;
      this.owner = owner;
    }

    @Override
    public long size() throws IOException {
      synchronized (SimMedium.this) {
        enter(owner);
        return file.size();
      }
    }

    @Override
    public void read(long at, ByteBuffer into) throws IOException {
      synchronized (SimMedium.this) {
        enter(owner);
        long length = Math.min(into.remaining(), file.size() - at);
        if (length > 0) {
          into.put(file.seen(), (int) at, (int) length);
        }
      }
    }

    @Override
    public void write(long at, ByteBuffer from) throws IOException {
      synchronized (SimMedium.this) {
        byte[] octets = new byte[from.remaining()];
        from.get(octets);
        try {
          enter(owner);
        } catch (IOException e) {
          if (owner == generation) {
            int part = random.nextInt(octets.length + 1);
            file.write((int) at, Arrays.copyOf(octets, part));
          }
          throw e;
        }
        changeNames();
        if (at + octets.length > file.size() && used() + octets.length > capacity) {
          throw new IOException("No space left on device");
        }
        file.write((int) at, octets);
      }
    }

    @Override
    public void force(boolean metadata) throws IOException {
      synchronized (SimMedium.this) {
        await();
        forces++;
        forcesAfterFailure += file.hasFailed() ? 1 : 0;
        try {
          enter(owner);
          if (syncsFail) {
            throw new IOException("Input/output error");
          }
        } catch (IOException e) {
          if (owner == generation && !crashed) {
            file.failForce(random);
          }
          throw e;
        }
        file.force();
      }
    }

    @Override
    public void close() {
      // Nothing is written by closing.
    }
  }
}
