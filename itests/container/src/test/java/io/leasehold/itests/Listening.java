// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import io.leasehold.hop.ListenSpec;
import io.leasehold.hop.SessionTransport;
import io.leasehold.hop.SessionUser;
import io.leasehold.transport.Binding;
import java.util.concurrent.RejectedExecutionException;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A place where a test listens by TCP, whichever transport is there: it is made anew when security
 * changes, as it does while features are installed.
 */
final class Listening extends ServiceTracker<SessionTransport, Binding> implements AutoCloseable {
  private final ListenSpec place;
  private final SessionUser user;

  Listening(BundleContext context, ListenSpec place, SessionUser user)
      throws InvalidSyntaxException {
    super(
        context,
        context.createFilter(
            "(&(objectClass=" + SessionTransport.class.getName() + ")(leasehold.name=tcp))"),
        null);
    this.place = place;
    this.user = user;
    open();
  }

  @Override
  public Binding addingService(ServiceReference<SessionTransport> reference) {
    SessionTransport transport = context.getService(reference);
    try {
      return transport == null ? null : transport.accept(place, false, user);
    } catch (RejectedExecutionException e) {
      return null; // it is being replaced
    }
  }

  @Override
  public void removedService(ServiceReference<SessionTransport> reference, Binding binding) {
    binding.close();
    context.ungetService(reference);
  }
}
