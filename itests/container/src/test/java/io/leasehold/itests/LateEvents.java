// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.SynchronousBundleListener;

/**
 * Lets everybody hear that a bundle has been started and stopped while it is between two revisions,
 * as on a machine that is busy, and keeps its update waiting until they have.
 */
final class LateEvents implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 5;

  private final BundleContext context;
  private final Bundle bundle;
  private final CountDownLatch between = new CountDownLatch(1);
  private final CountDownLatch heard = new CountDownLatch(1);
  private final BundleListener queue = this::deliver;
  private final SynchronousBundleListener update = this::updating;
  private volatile boolean allHeard;

  LateEvents(BundleContext context, Bundle bundle) {
    this.context = context;
    this.bundle = bundle;
    context.addBundleListener(queue);
    context.addBundleListener(update);
  }

  /** Whether nobody who heard of it waited for the end of the update. */
  boolean allHeard() {
    return allHeard;
  }

  private void deliver(BundleEvent event) {
    if (event.getBundle().equals(bundle) && event.getType() == BundleEvent.STARTED) {
      await(between);
    } else if (event.getBundle().equals(bundle) && event.getType() == BundleEvent.UNRESOLVED) {
      heard.countDown();
    }
  }

  /** The events before this one wait in the queue, that of which this hears comes after. */
  private void updating(BundleEvent event) {
    if (event.getBundle().equals(bundle) && event.getType() == BundleEvent.UPDATED) {
      between.countDown();
      allHeard = await(heard);
    }
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    between.countDown();
    heard.countDown();
    context.removeBundleListener(queue);
    context.removeBundleListener(update);
  }
}
