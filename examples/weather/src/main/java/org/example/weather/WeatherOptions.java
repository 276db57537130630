// SPDX-License-Identifier: Apache-2.0
package org.example.weather;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionDefinitionProvider;
import io.leasehold.codec.option.OptionSpace;
import java.util.Collection;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Defines the option "weather": degrees, and what it looks like. */
@Component
public final class WeatherOptions implements OptionDefinitionProvider {
  private static final int CODE = 65001;

  @Override
  public Collection<OptionDefinition> definitions() {
    return List.of(
        OptionDefinition.of(OptionSpace.DHCP6, CODE, "weather", "record(int16, string)"));
  }
}
