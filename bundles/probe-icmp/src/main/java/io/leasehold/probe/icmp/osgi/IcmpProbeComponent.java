// SPDX-License-Identifier: Apache-2.0
package io.leasehold.probe.icmp.osgi;

import io.leasehold.net.Ipv6;
import io.leasehold.probe.AddressProbe;
import io.leasehold.probe.icmp.IcmpProbe;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The service. A changed configuration makes a new one. */
@Component(
    service = AddressProbe.class,
    configurationPid = "io.leasehold.probe.icmp",
    property = "leasehold.name=icmp")
@Designate(ocd = IcmpProbeComponent.Config.class)
public final class IcmpProbeComponent implements AddressProbe {

  /** Configuration {@code io.leasehold.probe.icmp}. */
  @ObjectClassDefinition(
      name = "ICMP probe",
      description = "Pings addresses before they are offered.")
  public @interface Config {
    /** Outstanding. */
    @AttributeDefinition(
        description =
            "Pings that may be open at a time, 1 to 1024; each has a thread while it is. What is"
                + " offered beyond is not pinged, and counted.")
    int outstanding() default 64;
  }

  private final IcmpProbe probe;

  /** Checks the configuration; sends nothing. */
  @Activate
  public IcmpProbeComponent(Config config) {
    this.probe = new IcmpProbe(config.outstanding());
  }

  @Override
  public String name() {
    return probe.name();
  }

  @Override
  public CompletionStage<Boolean> isInUse(Ipv6 address, Duration patience) {
    return probe.isInUse(address, patience);
  }

  @Override
  public List<String> alarms() {
    return probe.alarms();
  }

  @Override
  public Map<String, Long> counters() {
    return probe.counters();
  }

  /** Ends every thread. */
  @Deactivate
  public void close() {
    probe.close();
  }
}
