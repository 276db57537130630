// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.osgi;

import io.leasehold.security.core.peer.PeerSpec;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** A peer of the configuration. */
@Component(
    service = PeerComponent.class,
    immediate = true,
    configurationPid = "io.leasehold.security.peer",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = PeerConfig.class, factory = true)
public final class PeerComponent {
  private final SecurityComponent security;
  private final String name;

  /** Takes it. */
  @Activate
  public PeerComponent(
      @Reference SecurityComponent security, PeerConfig config, Map<String, Object> properties) {
    this.security = security;
    this.name = ConfigurationName.of(properties);
    changed(properties);
  }

  @Modified
  void changed(Map<String, Object> properties) {
    security.core().peers().put(name, PeerSpec.of(name, ConfigurationName.values(properties)));
  }

  @Deactivate
  void gone() {
    security.core().peers().remove(name);
  }
}
