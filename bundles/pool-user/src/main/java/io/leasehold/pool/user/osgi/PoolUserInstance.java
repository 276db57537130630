// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool.user.osgi;

import io.leasehold.net.Bytes;
import io.leasehold.net.Ipv6;
import io.leasehold.pool.PoolDirectory;
import io.leasehold.pool.PoolTrace;
import io.leasehold.pool.PoolUserControl;
import io.leasehold.pool.PoolView;
import io.leasehold.pool.RegistrarContact;
import io.leasehold.pool.user.core.Surroundings;
import io.leasehold.pool.user.core.UserDesk;
import io.leasehold.pool.user.core.UserSettings;
import io.leasehold.rserpool.run.AnnouncementGroup;
import io.leasehold.rserpool.run.Carriers;
import io.leasehold.rserpool.run.CoreThread;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A pool user that runs: its thread, its connections, its file. Any thread. */
final class PoolUserInstance implements PoolUserControl, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PoolUserInstance.class);
  private static final long PATIENCE_SECONDS = 1;

  private final CoreThread thread = new CoreThread("pool-user");
  private final ViewFile file;
  private final Supplier<List<String>> complaints;
  private final UserDesk desk;
  private final Optional<AnnouncementGroup> group;
  private boolean stopped;

  /**
   * Reads its file and starts.
   *
   * @param complaints what else is wrong, for operators
   */
  PoolUserInstance(UserSettings settings, ViewFile file, Supplier<List<String>> complaints) {
    this.file = file;
    this.complaints = complaints;
    Surroundings around =
        new Surroundings(
            thread.sessions(),
            () -> ThreadLocalRandom.current().nextLong(),
            InstantSource.system(),
            file::save);
    // Its time begins at 0.
    desk = new UserDesk(settings, around, thread::execute, file.read(), 0);
    if (!desk.refused().isEmpty()) {
      LOG.error("pool user: {}: {}", file, desk.refused());
    }
    thread.begin(desk.user());
    thread.execute(desk.user()::start);
    group =
        settings
            .hunt()
            .announced()
            .map(where -> new AnnouncementGroup("pool-user", where.interfaces(), this::announced));
  }

  private void announced(Ipv6 source, Bytes message) {
    thread.execute(now -> desk.user().announcements().heard(source, message, now));
  }

  PoolDirectory directory() {
    return desk;
  }

  /** Connects by these transports from now on. */
  void connectBy(Carriers carriers) {
    carriers.serve(thread);
  }

  /** Asks no registrar any more, and has written what it knows. Whoever follows still has that. */
  synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    group.ifPresent(AnnouncementGroup::close);
    try {
      thread
          .call(
              now -> {
                desk.user().stop(now);
                return now;
              })
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("pool user: it ends without its last word: {}", e.toString());
    }
    thread.close();
    file.flush();
  }

  @Override
  public void close() {
    desk.close();
    stop();
  }

  @Override
  public List<PoolView> views() {
    return desk.views();
  }

  @Override
  public List<RegistrarContact> registrars() {
    return desk.registrars();
  }

  @Override
  public List<PoolTrace> trace(Bytes client) {
    return desk.trace(client);
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> all = new TreeMap<>(thread.counters());
    all.putAll(desk.counters());
    all.putAll(desk.user().announcements().counters());
    return all;
  }

  @Override
  public List<String> alarms() {
    List<String> all = new ArrayList<>(complaints.get());
    all.addAll(thread.complaints());
    group.ifPresent(each -> all.addAll(each.complaints()));
    if (!file.failure().isEmpty()) {
      all.add(file.failure());
    }
    all.addAll(desk.alarms());
    return all;
  }
}
