// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

final class FeatureChooserTest {
  @TempDir Path etc;

  private final Set<String> installed = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final CountDownLatch never = new CountDownLatch(1);
  private volatile Bundle bundle = fake(Bundle.class, (self, method, arguments) -> null);
  private boolean isForgetful;
  private volatile boolean isStuck;

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Feature feature(String name) {
    return fake(Feature.class, (self, method, arguments) -> name);
  }

  private FeaturesService features() {
    return fake(
        FeaturesService.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "getFeature" -> feature((String) arguments[0]);
              case "isInstalled", "isRequired" ->
                  installed.contains(((Feature) arguments[0]).getName());
              case "installFeature" -> {
                installed.add((String) arguments[0]);
                told.add("+" + arguments[0]);
                yield null;
              }
              case "uninstallFeature" -> {
                if (isStuck) {
                  isStuck = false;
                  bundle = null;
                  told.add("?" + arguments[0]);
                  never.await();
                }
                installed.remove((String) arguments[0]);
                if (isForgetful && arguments[0].equals("store")) {
                  installed.add("server"); // which went before
                }
                told.add("-" + arguments[0]);
                yield null;
              }
              default -> throw new IllegalStateException(method.getName());
            });
  }

  private FeatureChooser choosing(String... lines) throws IOException {
    installed.addAll(List.of("leasehold-shell", "server", "store"));
    Path file = Files.createDirectories(etc.resolve("leasehold")).resolve("features");
    Files.writeString(file, String.join("\n", lines) + "\n");
    FeaturesService features = features();
    BundleContext context =
        fake(
            BundleContext.class,
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getProperty" -> etc.toString();
                  case "getServiceReference" -> reference();
                  case "getService" -> features;
                  default -> true;
                });
    return new FeatureChooser(context);
  }

  /** Each is of its own time. */
  private ServiceReference<?> reference() {
    if (bundle != null) {
      return fake(ServiceReference.class, (self, method, arguments) -> bundle);
    }
    Bundle next = fake(Bundle.class, (self, method, arguments) -> null);
    return fake(ServiceReference.class, (self, method, arguments) -> next);
  }

  private void awaitTold(String... words) throws InterruptedException {
    for (String each : words) {
      assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo(each);
    }
  }

  @Test
  void whatIsChosenIsMadeSo() throws Exception {
    FeatureChooser chooser = choosing("uninstall server", "install relay", "install store");

    awaitTold("-server", "+relay");
    chooser.stop();
    assertThat(installed).containsExactlyInAnyOrder("leasehold-shell", "relay", "store");
  }

  @Test
  void whatIsUndoneIsMadeSoAgain() throws Exception {
    isForgetful = true;
    FeatureChooser chooser = choosing("uninstall server", "uninstall store");

    awaitTold("-server", "-store", "-server");
    chooser.stop();
    assertThat(installed).containsExactly("leasehold-shell");
  }

  @Test
  void whatAServiceThatHasGoneDoesNotEndTheNextOneDoes() throws Exception {
    isStuck = true;
    FeatureChooser chooser = choosing("uninstall server");

    awaitTold("?server", "-server");
    chooser.stop();
    assertThat(installed).containsExactlyInAnyOrder("leasehold-shell", "store");
  }
}
