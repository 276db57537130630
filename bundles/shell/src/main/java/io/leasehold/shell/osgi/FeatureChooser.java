// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs and uninstalls the features that {@code etc/leasehold/features} chooses, once after each
 * start. What is chosen in a file outlives an upgrade, which begins from what is shipped.
 */
@Component(
    immediate = true,
    service = {})
public final class FeatureChooser {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureChooser.class);

  private static final String OWN = "leasehold-shell";
  private static final long POLL_MILLIS = 50;

  private final BundleContext context;
  private final FeaturesService features;
  private final Thread thread;
  private volatile boolean isStopped;

  /** Begins when Karaf has started. */
  @Activate
  public FeatureChooser(BundleContext context, @Reference FeaturesService features) {
    this.context = context;
    this.features = features;
    this.thread = new Thread(this::choose, "leasehold-features");
    thread.setDaemon(true);
    thread.start();
  }

  private void choose() {
    Path file = Path.of(context.getProperty("karaf.etc"), "leasehold", "features");
    try {
      ChosenFeatures chosen = ChosenFeatures.of(file);
      chosen.mistakes().forEach(mistake -> LOG.error("{}", mistake));
      if (!chosen.install().isEmpty() || !chosen.uninstall().isEmpty()) {
        awaitStart();
        apply(file, chosen);
      }
    } catch (IOException e) {
      LOG.error("{} cannot be read: {}", file, e.toString());
    } catch (InterruptedException e) {
      LOG.debug("stopped before features were chosen");
    }
  }

  /** Until Karaf has recorded what it has started with: this bundle's own feature. */
  private void awaitStart() throws InterruptedException {
    while (!isRecorded()) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  private boolean isRecorded() {
    try {
      Feature own = features.getFeature(OWN);
      return own != null && features.isInstalled(own);
    } catch (Exception e) { // the interface says no more
      return false;
    }
  }

  /** First away with what is in the way of the other. */
  private void apply(Path file, ChosenFeatures chosen) {
    for (String name : chosen.uninstall()) {
      change(file, name, false);
    }
    Set<String> wanted = new LinkedHashSet<>(chosen.install());
    wanted.forEach(name -> change(file, name, true));
  }

  private void change(Path file, String name, boolean install) {
    if (isStopped) {
      return;
    }
    try {
      Feature feature = features.getFeature(name);
      if (feature == null) {
        LOG.error("{}: there is no feature '{}'; dhcp features are {}", file, name, ours());
      } else if (features.isInstalled(feature) != install) {
        if (install) {
          features.installFeature(name);
        } else {
          features.uninstallFeature(name);
        }
        LOG.info("{}: {} {}", file, install ? "installed" : "uninstalled", name);
      }
    } catch (Exception e) { // the interface says no more
      if (isStopped) {
        // Karaf has begun anew with its feature service: what comes after this one goes on.
        LOG.debug("stopped before '{}' was {}", name, install ? "installed" : "uninstalled");
        return;
      }
      LOG.error("{}: '{}' cannot be {}", file, name, install ? "installed" : "uninstalled", e);
    }
  }

  private List<String> ours() throws Exception {
    return List.of(features.listFeatures()).stream()
        .map(Feature::getName)
        .filter(name -> name.startsWith("leasehold-"))
        .sorted()
        .toList();
  }

  /** Gives up what has not been done. */
  @Deactivate
  public void stop() {
    isStopped = true;
    thread.interrupt();
  }
}
