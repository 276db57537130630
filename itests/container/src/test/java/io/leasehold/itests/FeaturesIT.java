// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.apache.karaf.features.BundleInfo;
import org.apache.karaf.features.Feature;
import org.junit.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * Features come and go. Nothing here names a class of the product: this bundle would be wired to it
 * and be refreshed with it.
 */
public class FeaturesIT extends ContainerTest {
  private static final List<String> PARTS =
      List.of(
          "leasehold-transport-epoll",
          "leasehold-store-journal",
          "leasehold-server",
          "leasehold-shell");
  private static final List<String> ALL =
      Stream.concat(
              PARTS.stream(),
              Stream.of(
                  "leasehold-transport-udp",
                  "leasehold-probe-icmp",
                  "leasehold-security",
                  "leasehold-security-none",
                  "leasehold-security-tls",
                  "leasehold-security-dtls",
                  "leasehold-security-ipsec",
                  "leasehold-transport-tcp",
                  "leasehold-transport-dtls",
                  "leasehold-transport-sctp",
                  "leasehold-relay",
                  "leasehold-pool-user",
                  "leasehold-route-linux",
                  "leasehold-failover",
                  "leasehold-pool-element",
                  "leasehold-registrar",
                  "leasehold"))
          .toList();

  /** Whether the features of the boot have been seen; the container is one for all tests here. */
  private static boolean atBoot;

  @Test
  public void eachFeatureInstallsAloneAndLeavesNothing() throws Exception {
    bare();
    long sockets = sockets();
    for (String feature : ALL) {
      install(feature);
      assertTrue(feature, ours().count() >= 3);
      assertAllActive(feature);
      uninstall(feature);
      assertNothingLeft(feature);
      await(feature + " has closed its sockets", () -> sockets() <= sockets);
    }
  }

  /** P-202: the framework lets it see Java's SCTP, and where the host has none it says so. */
  @Test
  public void sctpIsSeenByItsBundleAndItsAbsenceHarmsNobody() throws Exception {
    bare();
    install("leasehold-transport-sctp");
    Bundle bundle =
        ours()
            .filter(each -> each.getSymbolicName().equals("io.leasehold.transport.sctp"))
            .findFirst()
            .orElseThrow();
    assertEquals(Bundle.ACTIVE, bundle.getState());
    bundle.loadClass("com.sun.nio.sctp.SctpChannel");
    assertTrue(services().stream().anyMatch(each -> each.contains("SessionTransport")));
    Path log = Path.of(System.getProperty("karaf.log"), "leasehold.log");
    await(
        "the log says whether there is SCTP",
        () -> {
          String said = Files.readString(log);
          return said.contains("this host has SCTP")
              || said.contains("no SCTP on this host, sctp:// hops stay down");
        });
    uninstall("leasehold-transport-sctp");
    assertNothingLeft("leasehold-transport-sctp");
  }

  /** Each of them is there twice, and no one of them is the first or the last both times. */
  @Test
  public void featuresComeAndGoInAnyOrder() throws Exception {
    bare();
    List<String> backwards = new ArrayList<>(ALL);
    Collections.reverse(backwards);
    for (List<String> order : List.of(ALL, backwards)) {
      for (String feature : order) {
        install(feature);
        assertAllActive("with " + feature);
      }
      for (String feature : order) {
        uninstall(feature);
        assertAllActive("without " + feature);
      }
      assertNothingLeft("all of them");
    }
  }

  /** The archive has all that its features are made of, so that none needs a network. */
  @Test
  public void everyBundleOfAFeatureIsInTheArchive() throws Exception {
    List<String> missing = new ArrayList<>();
    for (Feature feature : features().listFeatures()) {
      if (feature.getName().startsWith("leasehold")) {
        feature.getBundles().stream()
            .map(BundleInfo::getLocation)
            .filter(location -> !Files.exists(inArchive(location)))
            .forEach(missing::add);
      }
    }
    assertEquals(List.of(), missing);
    assertTrue("known to the archive", ALL.stream().allMatch(this::isKnown));
  }

  private boolean isKnown(String feature) {
    try {
      return features().getFeature(feature) != null;
    } catch (Exception e) {
      return false;
    }
  }

  /** Where mvn:GROUP/ARTIFACT/VERSION[/TYPE/CLASSIFIER] is in the archive. */
  private static Path inArchive(String location) {
    String[] words = location.substring(location.indexOf(':') + 1).split("/");
    String classifier = words.length > 4 ? "-" + words[4] : "";
    return Path.of(
        System.getProperty("karaf.base"),
        "system",
        words[0].replace('.', '/'),
        words[1],
        words[2],
        words[1] + "-" + words[2] + classifier + ".jar");
  }

  /** Takes away what the assembly begins with, or what the test before has left. */
  private void bare() throws Exception {
    if (!atBoot) {
      await(
          "boot features are recorded",
          () -> features().isInstalled(features().getFeature("leasehold-shell")));
      assertTrue("everything is installed at boot", ours().count() >= 6);
      // What the Java machine opens once for all its sockets must be open before they are counted.
      await("the console has opened its socket", () -> Files.exists(consoleSocket()));
      atBoot = true;
    }
    for (String feature : ALL) {
      if (features().isInstalled(features().getFeature(feature))) {
        uninstall(feature);
      }
    }
    assertNothingLeft("the assembly");
  }

  private void assertAllActive(String when) {
    ours()
        .forEach(
            bundle ->
                assertEquals(
                    when + ": " + bundle.getSymbolicName(), Bundle.ACTIVE, bundle.getState()));
  }

  private static Path consoleSocket() {
    return Path.of(System.getProperty("karaf.data"), "leasehold/console.sock");
  }

  private Stream<Bundle> ours() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> bundle.getSymbolicName().startsWith("io.leasehold."));
  }

  private void assertNothingLeft(String feature) throws Exception {
    assertEquals(feature + " leaves bundles", List.of(), ours().toList());
    assertEquals(feature + " leaves services", List.of(), services());
    await(feature + " has ended its threads: " + threads(), () -> threads().isEmpty());
    assertFalse(feature + " leaves its console socket", Files.exists(consoleSocket()));
  }

  private List<String> services() throws InvalidSyntaxException {
    ServiceReference<?>[] all = context.getAllServiceReferences(null, null);
    return Arrays.stream(all)
        .map(service -> String.join(",", (String[]) service.getProperty("objectClass")))
        .filter(type -> type.contains("io.leasehold.") && !type.contains("io.leasehold.itests"))
        .toList();
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("leasehold-"))
        .toList();
  }

  /** Sockets of every kind that this process holds. */
  private static long sockets() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(FeaturesIT::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false;
    }
  }
}
