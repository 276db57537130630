// SPDX-License-Identifier: Apache-2.0
package io.leasehold.failover.osgi;

import io.leasehold.allocation.GovernedLeases;
import io.leasehold.configuration.InstanceName;
import io.leasehold.failover.config.FailoverFile;
import io.leasehold.failover.config.FailoverSettings;
import io.leasehold.lease.LeaseStore;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * A relationship as a component: one for each file {@code etc/io.leasehold.failover-NAME.cfg}. A
 * changed file makes a new one, which goes on from what is stored.
 */
@Component(
    configurationPid = "io.leasehold.failover",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {})
public final class FailoverComponent {
  private final Beginning beginning;

  /**
   * Starts the relationship; returns at once.
   *
   * @throws IllegalArgumentException with everything that is wrong with its file
   */
  @Activate
  public FailoverComponent(
      Map<String, Object> properties,
      BundleContext context,
      @Reference FailoverHub hub,
      @Reference GovernedLeases governed,
      @Reference LeaseStore store) {
    if (FailoverFile.isWanted(properties)) {
      FailoverSettings settings = settings(properties);
      beginning =
          new Beginning(
              settings, hub, new RelationshipLeases(settings.name(), governed, store), context);
      beginning.begin();
    } else {
      beginning = null;
    }
  }

  private static FailoverSettings settings(Map<String, Object> properties) {
    String instance = InstanceName.of("io.leasehold.failover", properties);
    try {
      return FailoverFile.read(instance, properties);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "failover " + instance + ": " + String.join("; ", e.getMessage().lines().toList()), e);
    }
  }

  /** Tells the partner, and ends. */
  @Deactivate
  void close() {
    if (beginning != null) {
      beginning.close();
    }
  }
}
