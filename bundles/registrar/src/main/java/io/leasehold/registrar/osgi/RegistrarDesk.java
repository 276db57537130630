// SPDX-License-Identifier: Apache-2.0
package io.leasehold.registrar.osgi;

import io.leasehold.pool.PoolHandle;
import io.leasehold.pool.RegistrarControl;
import io.leasehold.registrar.RegistrarStatus;
import io.leasehold.rserpool.run.AnnouncementGroup;
import io.leasehold.rserpool.run.CoreThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/** A registrar as operators have it: each question is asked on its thread. Any other thread. */
final class RegistrarDesk implements RegistrarControl {
  private static final long PATIENCE_SECONDS = 2;

  private final CoreThread thread;
  private final RegistrarStatus status;
  private final boolean isSecure;
  private final Optional<AnnouncementGroup> group;

  RegistrarDesk(
      CoreThread thread,
      RegistrarStatus status,
      boolean isSecure,
      Optional<AnnouncementGroup> group) {
    this.group = group;
    this.thread = thread;
    this.status = status;
    this.isSecure = isSecure;
  }

  private <T> T ask(LongFunction<T> question) {
    try {
      return thread.call(question).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the registrar was asked", e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the registrar does not answer now", e);
    }
  }

  @Override
  public long serverId() {
    return ask(now -> status.serverId());
  }

  @Override
  public boolean isReady() {
    return ask(now -> status.isReady());
  }

  @Override
  public String condition() {
    return ask(now -> status.condition());
  }

  @Override
  public boolean isSecure() {
    return isSecure;
  }

  @Override
  public int checksum() {
    return ask(now -> status.checksum());
  }

  @Override
  public List<Pool> pools() {
    return ask(now -> status.pools());
  }

  @Override
  public List<Element> elements(PoolHandle pool) {
    return ask(now -> status.elements(pool, now));
  }

  @Override
  public List<Peer> peers() {
    return ask(status::peers);
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> all = new TreeMap<>();
    all.putAll(ask(now -> status.counters()));
    thread.counters().forEach((name, count) -> all.merge(name, count, Long::sum));
    group.ifPresent(each -> all.putAll(each.counters()));
    return all;
  }

  @Override
  public List<String> alarms() {
    List<String> all = new ArrayList<>(thread.complaints());
    group.ifPresent(each -> all.addAll(each.complaints()));
    all.addAll(ask(now -> status.alarms()));
    return all;
  }

  @Override
  public List<Event> events() {
    return ask(now -> status.events());
  }
}
