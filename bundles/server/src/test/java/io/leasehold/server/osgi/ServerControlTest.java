// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import io.leasehold.allocation.AllocationPolicy;
import io.leasehold.allocation.FreeUnits;
import io.leasehold.allocation.LeaseGovernor;
import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.server.lane.Limits;
import io.leasehold.server.lease.FakeGovernor;
import io.leasehold.server.lease.StandardPolicies;
import io.leasehold.server.metric.Counters;
import io.leasehold.server.protocol.Patience;
import io.leasehold.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a plan may name comes and goes with bundles. */
class ServerControlTest {
  private static final String SUBNET =
      "{\"Dhcp6\":{\"subnet6\":[{\"subnet\":\"2001:db8::/64\",\"interface\":\"eth0\","
          + "\"pools\":[{\"pool\":\"2001:db8::/120\"}],%s}]}}";

  @TempDir Path directory;

  private final Around around = new Around();
  private final Counters counters = new Counters();
  private ServerControl control;

  /** The service registry of the test. */
  private static final class Around extends BareSurroundings {
    private final List<AllocationPolicy> policies = new CopyOnWriteArrayList<>();
    private volatile List<OptionDefinition> definitions = List.of();
    private volatile Map<String, LeaseGovernor> governors = Map.of();

    @Override
    public Map<String, LeaseGovernor> governors() {
      return governors;
    }

    @Override
    public List<OptionDefinition> definitions() {
      return definitions;
    }

    @Override
    public List<AllocationPolicy> policies() {
      return policies;
    }
  }

  private static final class Own implements AllocationPolicy {
    private final AtomicInteger opened = new AtomicInteger();

    @Override
    public String name() {
      return "own";
    }

    @Override
    public FreeUnits open(long units, RandomGenerator random) {
      opened.incrementAndGet();
      return StandardPolicies.ITERATIVE.open(units, random);
    }
  }

  private static final Engine.Size SIZE = new Engine.Size(1, 16, Limits.NONE);

  private void start(String keyOfTheSubnet) throws IOException {
    Path plans = Files.createDirectories(directory.resolve("plan.d"));
    Files.writeString(plans.resolve("plan.json"), SUBNET.formatted(keyOfTheSubnet));
    ServerSettings settings =
        new ServerSettings(
            plans,
            directory,
            List.of(),
            547,
            67,
            SIZE,
            HopSettings.NONE,
            Privacy.NONE,
            Patience.USUAL,
            InstantSource.system());
    PlanFiles files =
        new PlanFiles(
            plans,
            directory,
            () ->
                Stream.concat(StandardPolicies.ALL.stream(), around.policies.stream())
                    .map(AllocationPolicy::name)
                    .toList());
    Engine engine =
        new Engine(
            SIZE,
            counters,
            InstantSource.system(),
            changes -> {},
            new Prober(() -> null, counters));
    control = new ServerControl(settings, around, files, counters, engine);
  }

  @AfterEach
  void stop() {
    control.close();
  }

  private static void eventually(BooleanSupplier condition) {
    Await.until(Duration.ofSeconds(20), condition);
  }

  @Test
  void aPolicyOfABundleIsUsedAsSoonAsItIsThere() throws IOException {
    start("\"allocator\":\"own\",\"pd-allocator\":\"own\"");
    eventually(() -> counters.snapshot().containsKey("plan-refused"));
    assertThat(control.obstacles()).anyMatch(line -> line.contains("\"allocator\" is \"own\""));

    Own first = new Own();
    around.policies.add(first);
    eventually(() -> first.opened.get() == 1);
    assertThat(control.planInForce().accepted()).isTrue();

    Own second = new Own();
    around.policies.set(0, second);
    eventually(() -> second.opened.get() == 1);

    around.policies.clear();
    eventually(() -> !control.alarms().isEmpty());
    assertThat(control.planInForce().accepted()).as("the running plan stays").isTrue();
  }

  @Test
  void subnetsAreClosedWhileTheirRelationshipIsAbsent() throws IOException {
    start("\"failover\":\"pair-1\"");
    eventually(() -> !control.alarms().isEmpty());
    assertThat(control.alarms())
        .singleElement()
        .asString()
        .startsWith(
            "subnets of the failover relationship pair-1 are closed: there is no such"
                + " relationship");

    around.governors = Map.of("pair-1", new FakeGovernor(true));
    control.changed();
    eventually(() -> control.alarms().isEmpty());

    around.governors = Map.of();
    control.changed();
    eventually(() -> control.alarms().size() == 1);
  }

  @Test
  void definitionsOfABundleAreUsedAsSoonAsTheyAreThere() throws IOException {
    start("\"option-data\":[{\"name\":\"weather\",\"data\":\"sunny\"}]");
    eventually(() -> counters.snapshot().containsKey("plan-refused"));

    around.definitions =
        List.of(OptionDefinition.of(OptionSpace.DHCP6, 65001, "weather", "string"));
    control.changed();

    eventually(() -> control.planInForce() != null);
    assertThat(control.catalogue().byCode(OptionSpace.DHCP6, 65001)).isPresent();
  }
}
