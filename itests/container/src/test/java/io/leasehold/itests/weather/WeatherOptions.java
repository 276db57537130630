// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests.weather;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionDefinitionProvider;
import io.leasehold.codec.option.OptionSpace;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Defines the option "weather". */
public final class WeatherOptions implements BundleActivator, OptionDefinitionProvider {
  /** Its code. */
  public static final int CODE = 65001;

  @Override
  public void start(BundleContext context) {
    context.registerService(OptionDefinitionProvider.class, this, null);
  }

  @Override
  public void stop(BundleContext context) {
    // The framework unregisters the service.
  }

  @Override
  public Collection<OptionDefinition> definitions() {
    return List.of(OptionDefinition.of(OptionSpace.DHCP6, CODE, "weather", "string"));
  }
}
