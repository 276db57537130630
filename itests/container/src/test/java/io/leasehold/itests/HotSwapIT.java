// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import io.leasehold.codec.option.OptionDefinition;
import io.leasehold.codec.option.OptionDefinitionProvider;
import io.leasehold.codec.option.OptionSpace;
import io.leasehold.codec.v6.ClientServerMessage;
import io.leasehold.event.LeaseListener;
import io.leasehold.hook.Moment;
import io.leasehold.hook.PacketContext;
import io.leasehold.hook.PacketInterceptor;
import io.leasehold.itests.example.Holders;
import io.leasehold.lease.ClientIdentity;
import io.leasehold.lease.LeaseKey;
import io.leasehold.net.Bytes;
import io.leasehold.net.Duid;
import io.leasehold.net.Ipv6;
import io.leasehold.server.DefinedOption;
import io.leasehold.server.InterceptorControl;
import io.leasehold.server.OptionLedger;
import io.leasehold.server.PlanControl;
import io.leasehold.server.PlanReport;
import io.leasehold.server.ServerStatus;
import io.leasehold.transport.Transport;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceRegistration;

/** Parts change while clients are served. */
public class HotSwapIT extends ServerTest {
  private static final Path BASE = Path.of(System.getProperty("karaf.base", "."));
  private static final Path PLAN = BASE.resolve("etc/leasehold/plan.d/plan.json");
  private static final int WEATHER = 65001;
  private static final long PATIENCE_MILLIS = 1000;

  private final MemoryTransport transport = new MemoryTransport();
  private ServiceRegistration<Transport> registration;

  @Before
  public void serveFromMemory() throws Exception {
    Dictionary<String, Object> properties =
        new Hashtable<>(Map.of("service.ranking", 100, "leasehold.name", "memory"));
    registration = context.registerService(Transport.class, transport, properties);
    await(
        "the server listens on the better transport and is ready",
        () -> transport.isBound() && ready());
  }

  @After
  public void withdraw() {
    registration.unregister();
  }

  @Test
  public void anOptionOfADeployedBundleIsInTheNextReply() throws Exception {
    String plan = Files.readString(PLAN);
    Path deployed = BASE.resolve("deploy/weather.jar");
    try {
      deploy("weather", deployed);
      await("the option is defined", () -> option("weather").equals("org.example.weather"));
      Files.writeString(
          PLAN,
          plan.replace(
              "\"option-data\": []",
              "\"client-classes\": [{\"name\": \"asks\", \"test\": \"not option[weather].exists\"}],"
                  + "\"option-data\": [{\"name\": \"weather\", \"data\": \"21, sunny\","
                  + " \"client-classes\": [\"asks\"], \"always-send\": true}]"));
      assertTrue(reload().accepted());
      ClientServerMessage reply =
          ClientServerMessage.decode(transport.ask(solicit(duid()), PATIENCE_MILLIS));
      assertEquals(Optional.of(Bytes.ofHex("001573756e6e79")), reply.options().raw(WEATHER));
    } finally {
      Files.writeString(PLAN, plan);
      Files.deleteIfExists(deployed);
    }
    await("the bundle is uninstalled", () -> bundle("org.example.weather").isEmpty());
    reload();
  }

  /** Whom an option is from; empty if nobody defines it. */
  private String option(String name) {
    return service(OptionLedger.class).stream()
        .flatMap(ledger -> ledger.options().stream())
        .filter(option -> option.definition().name().equals(name))
        .map(DefinedOption::source)
        .findFirst()
        .orElse("");
  }

  @Test
  public void anOptionWhoseCodeIsTakenIsRefusedAndShown() throws Exception {
    ServiceRegistration<OptionDefinitionProvider> taken =
        context.registerService(
            OptionDefinitionProvider.class,
            () -> List.of(OptionDefinition.of(OptionSpace.DHCP6, 23, "mine", "string")),
            null);
    try {
      await(
          "the status says so",
          () ->
              service(ServerStatus.class).orElseThrow().alarms().stream()
                  .anyMatch(alarm -> alarm.contains("dhcp6.mine(23)")));
    } finally {
      taken.unregister();
    }
  }

  private PlanReport reload() throws Exception {
    return service(PlanControl.class)
        .orElseThrow()
        .reload()
        .toCompletableFuture()
        .get(5, TimeUnit.SECONDS);
  }

  @Test
  public void aFaultyBundleDoesNotKeepThePlanFromBeingRead() throws Exception {
    ServiceRegistration<OptionDefinitionProvider> faulty =
        context.registerService(
            OptionDefinitionProvider.class,
            () -> {
              throw new IllegalStateException("no");
            },
            null);
    try {
      assertTrue(reload().accepted());
    } finally {
      faulty.unregister();
    }
  }

  @Test
  public void interceptorsAndListenersServeFromTheNextPacketOn() throws Exception {
    Holders holders = new Holders();
    ServiceRegistration<LeaseListener> listening =
        context.registerService(LeaseListener.class, holders, null);
    Duid client = duid();
    Bytes solicit = solicit(client);
    Ipv6 address = address(transport.ask(solicit, PATIENCE_MILLIS));
    await(
        "the listener knows the lease",
        () -> holders.of(LeaseKey.address(address)).equals(Optional.of(ClientIdentity.of(client))));
    listening.unregister();

    Path deployed = BASE.resolve("deploy/second-choice.jar");
    try {
      deploy("second-choice", deployed);
      await("new clients are left to another server", () -> transport.ask(solicit, 100) == null);
      assertEquals(
          List.of("second-choice of org.example.second-choice"),
          service(InterceptorControl.class).orElseThrow().interceptors().stream()
              .map(each -> each.name() + " of " + each.bundle())
              .toList());
    } finally {
      Files.deleteIfExists(deployed);
    }
    await("new clients are served again", () -> transport.ask(solicit, PATIENCE_MILLIS) != null);
  }

  @Test
  public void interceptorsAreCalledInTheOrderOfTheirRanking() throws Exception {
    List<String> seen = new CopyOnWriteArrayList<>();
    List<ServiceRegistration<PacketInterceptor>> registrations =
        List.of(witness("low", -1, seen), witness("high", 7, seen), witness("middle", 3, seen));
    try {
      await(
          "all three are called",
          () -> {
            seen.clear();
            transport.ask(solicit(duid()), PATIENCE_MILLIS);
            return seen.size() == 6;
          });
      assertEquals(List.of("high", "middle", "low", "high", "middle", "low"), seen);
    } finally {
      registrations.forEach(ServiceRegistration::unregister);
    }
  }

  private ServiceRegistration<PacketInterceptor> witness(
      String name, int ranking, List<String> seen) {
    PacketInterceptor witness =
        new PacketInterceptor() {
          @Override
          public String name() {
            return name;
          }

          @Override
          public Optional<ClientServerMessage> message(
              Moment moment, ClientServerMessage message, PacketContext way) {
            seen.add(name);
            return Optional.of(message);
          }
        };
    return context.registerService(
        PacketInterceptor.class, witness, new Hashtable<>(Map.of("service.ranking", ranking)));
  }

  @Test
  public void aServerUpdatedUnderLoadLosesNoCommittedLease() throws Exception {
    Bundle server = bundle("io.leasehold.server").orElseThrow();
    Load load = new Load(message -> transport.ask(message, PATIENCE_MILLIS));
    for (int round = 0; round < 3; round++) {
      load.awaitMore("before an update");
      try (InputStream jar = Files.newInputStream(serverJar())) {
        server.update(jar);
      }
      await("the updated server is ready", () -> transport.isBound() && ready());
    }
    load.awaitMore("after the last update");
    load.stopAndCheck();
  }

  /** Who looks into a bundle between two revisions has it resolved, and its update breaks off. */
  @Test
  public void nobodyLooksIntoABundleThatIsBeingUpdated() throws Exception {
    Bundle plain = context.installBundle("itest:plain", new ByteArrayInputStream(plainBundle()));
    try (LateEvents events = new LateEvents(context, plain)) {
      plain.start();
      plain.update(new ByteArrayInputStream(plainBundle()));
      assertTrue("somebody waits for the update", events.allHeard());
      assertEquals(Bundle.ACTIVE, plain.getState());
    } finally {
      plain.uninstall();
    }
  }

  private static byte[] plainBundle() throws IOException {
    Manifest manifest = new Manifest();
    Attributes main = manifest.getMainAttributes();
    main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    main.putValue("Bundle-ManifestVersion", "2");
    main.putValue("Bundle-SymbolicName", "itest.plain");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new JarOutputStream(bytes, manifest).close();
    return bytes.toByteArray();
  }

  private static Path serverJar() throws Exception {
    try (var files = Files.walk(BASE.resolve("system/io/leasehold/leasehold-server"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
    }
  }

  /** As the manual says: the bundle that the example's build made. */
  private static void deploy(String example, Path to) throws Exception {
    Path unfinished = to.resolveSibling("." + to.getFileName());
    Path built =
        Path.of(System.getProperty("leasehold.examples"), example, "target", example + ".jar");
    Files.copy(built, unfinished, StandardCopyOption.REPLACE_EXISTING);
    Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
  }
}
