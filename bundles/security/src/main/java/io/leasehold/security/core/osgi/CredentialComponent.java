// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.osgi;

import io.leasehold.security.core.credential.CredentialSpec;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** A credential of the configuration. */
@Component(
    service = CredentialComponent.class,
    immediate = true,
    configurationPid = "io.leasehold.security.credential",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = CredentialConfig.class, factory = true)
public final class CredentialComponent {
  private final SecurityComponent security;
  private final String name;

  /** Takes it. */
  @Activate
  public CredentialComponent(
      @Reference SecurityComponent security,
      CredentialConfig config,
      Map<String, Object> properties) {
    this.security = security;
    this.name = ConfigurationName.of(properties);
    changed(properties);
  }

  @Modified
  void changed(Map<String, Object> properties) {
    security
        .core()
        .credentials()
        .put(new CredentialSpec(name, ConfigurationName.values(properties)));
  }

  @Deactivate
  void gone() {
    security.core().credentials().remove(name);
  }
}
