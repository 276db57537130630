// SPDX-License-Identifier: Apache-2.0
package io.leasehold.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Who may use what: the direction of dependencies, and what keeps the cores free of the outside
 * world.
 */
final class ClassRulesTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("testkit"))
          .importPackages("io.leasehold");

  /** The packages that codec and api export: where bundles meet. */
  private static final DescribedPredicate<JavaClass> EXPORTED =
      resideInAnyPackage(
          "io.leasehold.net",
          "io.leasehold.codec..",
          "io.leasehold.lease..",
          "io.leasehold.allocation",
          "io.leasehold.transport",
          "io.leasehold.hook",
          "io.leasehold.probe",
          "io.leasehold.event",
          "io.leasehold.failover",
          "io.leasehold.security",
          "io.leasehold.hop",
          "io.leasehold.pool",
          "io.leasehold.relay",
          "io.leasehold.server");

  private static final DescribedPredicate<JavaClass> CODEC =
      resideInAnyPackage("io.leasehold.net..", "io.leasehold.codec..");

  /** What several bundles have compiled into them, each its own copy. */
  private static final DescribedPredicate<JavaClass> EMBEDDED =
      resideInAnyPackage(
          "io.leasehold.configuration",
          "io.leasehold.rserpool..",
          "io.leasehold.transport.connection",
          "io.leasehold.transport.datagram",
          "io.leasehold.security.engine..");

  /** Every implementation bundle by the packages that are its own. */
  private static final Map<String, DescribedPredicate<JavaClass>> IMPLEMENTATIONS =
      Map.ofEntries(
          Map.entry(
              "server",
              resideInAPackage("io.leasehold.server.(*)..")
                  .or(resideInAPackage("io.leasehold.server.*.."))),
          bundle("relay", "io.leasehold.relay.agent.."),
          bundle("failover", "io.leasehold.failover.*.."),
          bundle("registrar", "io.leasehold.registrar.."),
          bundle("pool-user", "io.leasehold.pool.user.."),
          bundle("pool-element", "io.leasehold.pool.element.."),
          bundle("route-linux", "io.leasehold.route.linux.."),
          bundle("security", "io.leasehold.security.core.."),
          bundle("security-dtls", "io.leasehold.security.dtls.."),
          bundle("security-ipsec", "io.leasehold.security.ipsec.."),
          bundle("security-none", "io.leasehold.security.none.."),
          bundle("security-tls", "io.leasehold.security.tls.."),
          bundle("store-journal", "io.leasehold.store.journal.."),
          bundle("transport-dtls", "io.leasehold.transport.dtls.."),
          bundle("transport-epoll", "io.leasehold.transport.epoll.."),
          bundle("transport-sctp", "io.leasehold.transport.sctp.."),
          bundle("transport-tcp", "io.leasehold.transport.tcp.."),
          bundle("transport-udp", "io.leasehold.transport.udp.."),
          bundle("probe-icmp", "io.leasehold.probe.icmp.."),
          bundle("shell", "io.leasehold.shell.."));

  /**
   * What is not a core: the thin OSGi shells, the transports and the probe, what runs the cores of
   * pooling, and the program that talks to the console socket, which runs in a process of its own.
   */
  private static final DescribedPredicate<JavaClass> OUTER =
      resideInAnyPackage(
          "io.leasehold..osgi..",
          "io.leasehold.transport.*..",
          "io.leasehold.probe.icmp..",
          "io.leasehold.route.linux..",
          "io.leasehold.rserpool.run",
          "io.leasehold.shell.client..");

  private static final DescribedPredicate<JavaClass> CORE =
      resideInAPackage("io.leasehold..").and(DescribedPredicate.not(OUTER)).as("cores");

  private static Map.Entry<String, DescribedPredicate<JavaClass>> bundle(
      String name, String packages) {
    return Map.entry(name, resideInAPackage(packages));
  }

  @Test
  void everyBundleIsSeen() {
    for (Map.Entry<String, DescribedPredicate<JavaClass>> bundle : IMPLEMENTATIONS.entrySet()) {
      classes()
          .that(bundle.getValue())
          .should()
          .beTopLevelClasses()
          .orShould()
          .notBeTopLevelClasses()
          .check(CLASSES);
    }
  }

  @Test
  void codecUsesOnlyJava() {
    classes()
        .that(CODEC)
        .should()
        .onlyDependOnClassesThat(
            CODEC.or(
                resideInAnyPackage(
                    "java.lang..",
                    "java.util..",
                    "java.io",
                    "java.nio",
                    "java.nio.charset",
                    "java.math",
                    "java.time..",
                    "org.osgi.annotation..")))
        .check(CLASSES);
  }

  @Test
  void apiUsesOnlyCodecAndJava() {
    DescribedPredicate<JavaClass> api = EXPORTED.and(DescribedPredicate.not(CODEC));
    classes()
        .that(api)
        .should()
        .onlyDependOnClassesThat(EXPORTED.or(resideInAnyPackage("java..", "org.osgi.annotation..")))
        .check(CLASSES);
  }

  @TestFactory
  List<DynamicTest> bundlesMeetOnlyInCodecAndApi() {
    return IMPLEMENTATIONS.entrySet().stream()
        .map(
            bundle ->
                DynamicTest.dynamicTest(
                    bundle.getKey(),
                    () ->
                        noClasses()
                            .that(bundle.getValue())
                            .should()
                            .dependOnClassesThat(
                                resideInAPackage("io.leasehold..")
                                    .and(
                                        DescribedPredicate.not(
                                            EXPORTED.or(EMBEDDED).or(bundle.getValue()))))
                            .check(CLASSES)))
        .toList();
  }

  @Test
  void onlyTheShellKnowsKaraf() {
    noClasses()
        .that(DescribedPredicate.not(resideInAPackage("io.leasehold.shell..")))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.karaf..", "org.apache.felix..", "org.jline..")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().matching("io.leasehold.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void coresKnowNoFramework() {
    noClasses()
        .that(CORE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.osgi.service..", "org.osgi.framework..")
        .check(CLASSES);
  }

  @Test
  void coresOpenNoSockets() {
    Set<String> network =
        Set.of(
            "Socket",
            "ServerSocket",
            "DatagramSocket",
            "MulticastSocket",
            "DatagramPacket",
            "InetAddress",
            "Inet4Address",
            "Inet6Address",
            "InetSocketAddress",
            "NetworkInterface",
            "UnixDomainSocketAddress",
            "SocketChannel",
            "ServerSocketChannel",
            "DatagramChannel",
            "AsynchronousSocketChannel",
            "Selector");
    noClasses()
        .that(CORE)
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "are sockets, network channels or addresses of the JDK",
                type ->
                    type.getPackageName().matches("java\\.net|java\\.nio\\.channels|javax\\.net.*")
                        && network.contains(type.getSimpleName())))
        .check(CLASSES);
  }

  @Test
  void coresStartNoThreads() {
    noClasses()
        .that(CORE)
        .should()
        .callConstructorWhere(targetOwner(assignableTo(Thread.class)))
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching(
            "java\\.util\\.concurrent\\.(Executors|ThreadPoolExecutor|ScheduledExecutorService|ScheduledThreadPoolExecutor|ForkJoinPool|ExecutorService)|java\\.util\\.Timer.*")
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(CLASSES);
  }

  @Test
  void coresAskNoClock() {
    noClasses()
        .that(CORE)
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "the system's clock is asked",
                call ->
                    call.getTargetOwner().getPackageName().equals("java.time")
                        && (call.getName().equals("now")
                                && call.getTarget().getRawParameterTypes().isEmpty()
                            || call.getName().startsWith("system"))))
        .check(CLASSES);
  }

  @Test
  void coresMakeNoChance() {
    noClasses()
        .that(CORE)
        .should()
        .callConstructorWhere(targetOwner(assignableTo(Random.class)))
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.util\\.concurrent\\.ThreadLocalRandom")
        .orShould()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a generator of the system is taken",
                call ->
                    call.getTargetOwner().getName().startsWith("java.util.random.")
                        && call.getTarget().getName().matches("getDefault|of")))
        .check(CLASSES);
  }

  /** Where secrets are: a comparison that ends early tells how much was right. */
  @Test
  void secretsAreComparedInEqualTime() {
    noClasses()
        .that()
        .resideInAnyPackage("io.leasehold.security..", "io.leasehold.transport.dtls..")
        .should()
        .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
        .orShould()
        .callMethod(Arrays.class, "mismatch", byte[].class, byte[].class)
        .orShould()
        .callMethod(ByteBuffer.class, "equals", Object.class)
        .check(CLASSES);
  }

  private static <T extends com.tngtech.archunit.core.domain.JavaAccess<? extends AccessTarget>>
      DescribedPredicate<T> targetOwner(DescribedPredicate<? super JavaClass> owner) {
    return DescribedPredicate.describe(
        "made is " + owner.getDescription(), access -> owner.test(access.getTargetOwner()));
  }
}
