// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.osgi;

import io.leasehold.security.core.channel.ChannelSpec;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** A profile of the configuration. */
@Component(
    service = ChannelComponent.class,
    immediate = true,
    configurationPid = "io.leasehold.security.channel",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = ChannelConfig.class, factory = true)
public final class ChannelComponent {
  private final SecurityComponent security;
  private final String name;

  /** Takes it. */
  @Activate
  public ChannelComponent(
      @Reference SecurityComponent security, ChannelConfig config, Map<String, Object> properties) {
    this.security = security;
    this.name = ConfigurationName.of(properties);
    changed(properties);
  }

  @Modified
  void changed(Map<String, Object> properties) {
    security.core().channels().put(ChannelSpec.of(name, ConfigurationName.values(properties)));
  }

  @Deactivate
  void gone() {
    security.core().channels().remove(name);
  }
}
