// SPDX-License-Identifier: Apache-2.0
package io.leasehold.itests;

import static org.junit.Assert.fail;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.keepRuntimeFolder;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.replaceConfigurationFile;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeatureState;
import org.apache.karaf.features.FeaturesService;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.options.extra.VMOption;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * Boots the assembly's archive as it is shipped, once for each test class, without any repository
 * but the local one.
 */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public abstract class ContainerTest {
  private static final String MAVEN = "etc/org.ops4j.pax.url.mvn.cfg";
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LAST_LINES = 20;

  private static boolean bootFeaturesRecorded;

  @Inject protected BundleContext context;

  /** The container; a test's plan is its class name and {@code .json} among the resources. */
  @Configuration
  public Option[] container() {
    return new Option[] {
      karafDistributionConfiguration()
          .frameworkUrl(new File(System.getProperty("leasehold.distribution")).toURI().toString())
          .name("Leasehold")
          .karafVersion(System.getProperty("leasehold.karaf.version"))
          .unpackDirectory(new File("target/exam"))
          .useDeployFolder(false),
      keepRuntimeFolder(),
      configureConsole().ignoreLocalConsole().ignoreRemoteShell(),
      editConfigurationFilePut(
          MAVEN,
          "org.ops4j.pax.url.mvn.localRepository",
          System.getProperty("leasehold.local.repo")),
      replaceConfigurationFile(
          "etc/leasehold/plan.d/plan.json",
          new File("src/test/resources/" + getClass().getSimpleName() + ".json")),
      new VMOption("-Dio.leasehold.server.port=20547"),
      new VMOption("-Dio.leasehold.server.interfaces=lo"),
      new VMOption("-Dleasehold.examples=" + System.getProperty("leasehold.examples")),
      new VMOption("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")),
      new VMOption("-Xmx256m"),
      new VMOption("-XX:TieredStopAtLevel=1"),
      moduleOptions()
    };
  }

  /** What bin/leasehold gives the JVM; Pax Exam starts Karaf without it. */
  private static Option moduleOptions() {
    Stream<String> opens =
        Stream.of("java.lang", "java.net", "java.security", "java.util")
            .map(name -> "--add-opens=java.base/" + name + "=ALL-UNNAMED");
    Stream<String> exports =
        Stream.of("file", "http", "https", "jar")
            .map(name -> "--add-exports=java.base/sun.net.www.protocol." + name + "=ALL-UNNAMED");
    Stream<String> classPath =
        Stream.of("-classpath", "lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*");
    return composite(
        Stream.of(opens, exports, classPath)
            .flatMap(words -> words)
            .map(VMOption::new)
            .toArray(Option[]::new));
  }

  /** Work with Karaf's feature service. */
  private interface FeatureWork {
    boolean on(FeaturesService features) throws Exception;
  }

  /** Installs a feature, and waits until it has started. */
  protected void install(String feature) throws Exception {
    await(
        "install " + feature,
        () ->
            isDone(
                features -> {
                  features.installFeature(feature);
                  return isStarted(features, feature);
                }));
  }

  /** Uninstalls a feature. */
  protected void uninstall(String feature) throws Exception {
    await(
        "uninstall " + feature,
        () ->
            isDone(
                features -> {
                  features.uninstallFeature(feature);
                  return true;
                }));
  }

  private static boolean isStarted(FeaturesService features, String name) throws Exception {
    return features.getState(features.getFeature(name).getId()) == FeatureState.Started;
  }

  /**
   * Karaf replaces its service while it starts: what one of them left undone the next one does.
   * Before it has recorded what it starts with, it may lose what it is told.
   */
  private boolean isDone(FeatureWork work) throws Exception {
    ServiceReference<FeaturesService> present = context.getServiceReference(FeaturesService.class);
    FeaturesService features = present == null ? null : context.getService(present);
    if (features == null) {
      return false;
    }
    try {
      return areBootFeaturesRecorded(features) && work.on(features);
    } catch (Exception e) {
      if (e instanceof RejectedExecutionException || present.getBundle() == null) {
        return false;
      }
      throw e;
    }
  }

  private static boolean areBootFeaturesRecorded(FeaturesService features) throws Exception {
    Feature last = features.getFeature("leasehold-shell");
    bootFeaturesRecorded |= last != null && features.isInstalled(last);
    return bootFeaturesRecorded;
  }

  /** The feature service that is there now. */
  protected FeaturesService features() throws Exception {
    await("a feature service", () -> context.getServiceReference(FeaturesService.class) != null);
    return context.getService(context.getServiceReference(FeaturesService.class));
  }

  /** Waits until the condition holds, at most half a minute. */
  protected static void await(String what, Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        fail("after " + PATIENCE.toSeconds() + " s still not: " + what + endOfLog());
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static String endOfLog() throws IOException {
    Path log = Path.of(System.getProperty("karaf.log"), "leasehold.log");
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    return lines.stream()
        .skip(Math.max(0, lines.size() - LAST_LINES))
        .collect(Collectors.joining("\n  ", "; the log ends with\n  ", ""));
  }
}
