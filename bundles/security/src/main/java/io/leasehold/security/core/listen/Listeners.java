// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.listen;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Those who want to know. One that throws does not keep the others from hearing it. Any thread. */
public final class Listeners {
  private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);

  private final List<Registration> registered = new CopyOnWriteArrayList<>();

  /** Compared by identity, so that the same listener may be there twice. */
  private static final class Registration {
    private final Runnable listener;

    private Registration(Runnable listener) {
      this.listener = listener;
    }
  }

  /** Adds one; closing the result removes it. */
  public AutoCloseable add(Runnable listener) {
    Registration registration = new Registration(listener);
    registered.add(registration);
    return () -> registered.remove(registration);
  }

  /** How many there are. */
  public int count() {
    return registered.size();
  }

  /** Tells all. */
  public void tell() {
    registered.forEach(each -> guarded(each.listener));
  }

  /** Runs what others have given; what it throws is logged. */
  public static void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.warn("a listener of security failed", e);
    }
  }

  /** Calls what others have given; what it throws is logged. */
  public static <T> void guarded(Consumer<T> listener, T value) {
    guarded(() -> listener.accept(value));
  }
}
