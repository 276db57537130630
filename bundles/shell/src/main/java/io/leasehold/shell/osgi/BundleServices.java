// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import io.leasehold.shell.Services;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Looks services up in the framework and holds them until closed. */
final class BundleServices implements Services {
  private final BundleContext context;
  private final List<ServiceReference<?>> held = new ArrayList<>();

  private BundleServices(BundleContext context) {
    this.context = context;
  }

  /** What commands ask for services. */
  @Component(service = Services.Lookup.class)
  public static final class Lookup implements Services.Lookup {
    private final BundleContext context;

    /** Looks up on behalf of this bundle. */
    @Activate
    public Lookup(BundleContext context) {
      this.context = context;
    }

    @Override
    public Services open() {
      return new BundleServices(context);
    }
  }

  @Override
  public <T> Optional<T> find(Class<T> type) {
    return all(type).stream().findFirst();
  }

  @Override
  public <T> List<T> all(Class<T> type) {
    try {
      Collection<ServiceReference<T>> references = context.getServiceReferences(type, null);
      return references.stream()
          .sorted(Comparator.reverseOrder())
          .map(this::get)
          .filter(Objects::nonNull)
          .toList();
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter was given", e);
    }
  }

  private <T> T get(ServiceReference<T> reference) {
    held.add(reference);
    return context.getService(reference);
  }

  @Override
  public void close() {
    held.forEach(context::ungetService);
    held.clear();
  }
}
