// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.karaf.features.Feature;
import org.apache.karaf.features.FeaturesService;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Installs and uninstalls the features that {@code etc/leasehold/features} chooses, once after each
 * start. What is chosen in a file outlives an upgrade, which begins from what is shipped.
 *
 * <p>Karaf replaces its feature service while it starts, some times. This component does not depend
 * on it, so as not to begin anew with each: it asks whichever is there, until all is done.
 */
@Component(
    immediate = true,
    service = {})
public final class FeatureChooser {
  private static final Logger LOG = LoggerFactory.getLogger(FeatureChooser.class);

  private static final String OWN = "leasehold-shell";
  private static final int MOST_ROUNDS = 5;
  private static final long POLL_MILLIS = 50;
  private static final long LONG_POLLS = TimeUnit.MINUTES.toMillis(1) / POLL_MILLIS;

  private final BundleContext context;
  private final Path file;
  private final Thread thread;
  private volatile boolean isStopped;
  private boolean hasActed; // of the thread

  /** One line of the file. */
  private record Choice(String name, boolean install) {
    String done() {
      return install ? "installed" : "uninstalled";
    }
  }

  /** Begins when Karaf has started. */
  @Activate
  public FeatureChooser(BundleContext context) {
    this.context = context;
    this.file = Path.of(context.getProperty("karaf.etc"), "leasehold", "features");
    this.thread = new Thread(this::choose, "leasehold-features");
    thread.setDaemon(true);
    thread.start();
  }

  private void choose() {
    try {
      ChosenFeatures chosen = ChosenFeatures.of(file);
      chosen.mistakes().forEach(mistake -> LOG.error("{}", mistake));
      // First away with what is in the way of the other.
      Set<Choice> choices = new LinkedHashSet<>();
      chosen.uninstall().forEach(name -> choices.add(new Choice(name, false)));
      chosen.install().forEach(name -> choices.add(new Choice(name, true)));
      // The next feature service may not know what the one before was told, and undo it.
      for (int round = 0; round < MOST_ROUNDS && !isDone(choices); round++) {
        LOG.debug("what was chosen is looked at once more");
      }
    } catch (IOException e) {
      LOG.error("{} cannot be read: {}", file, e.toString());
    } catch (InterruptedException e) {
      LOG.debug("stopped before features were chosen");
    }
  }

  /** Carries all out; whether there was nothing to do. */
  private boolean isDone(Set<Choice> choices) throws InterruptedException {
    hasActed = false;
    for (Choice each : choices) {
      carryOut(each);
    }
    return !hasActed;
  }

  private void carryOut(Choice choice) throws InterruptedException {
    for (long polls = 0; !isStopped && !isCarriedOut(choice); polls++) {
      if (polls == LONG_POLLS) {
        LOG.warn(
            "{}: '{}' is not {} yet: Karaf has not finished its start; dhcp:status and"
                + " feature:list say how far it is",
            file,
            choice.name(),
            choice.done());
      }
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Whether nothing is left to be done, or can be. */
  private boolean isCarriedOut(Choice choice) {
    ServiceReference<FeaturesService> present = context.getServiceReference(FeaturesService.class);
    FeaturesService features = present == null ? null : context.getService(present);
    if (features == null) {
      return false;
    }
    try {
      return isRecorded(features) && isAsChosen(features, choice);
    } catch (Exception e) { // the interface says no more
      boolean isReplaced = present.getBundle() == null || e instanceof RejectedExecutionException;
      if (!isStopped && !isReplaced) {
        LOG.error("{}: '{}' cannot be {}", file, choice.name(), choice.done(), e);
      }
      return !isReplaced;
    } finally {
      context.ungetService(present);
    }
  }

  /** Whether Karaf has recorded what it has started with: this bundle's own feature. */
  private static boolean isRecorded(FeaturesService features) {
    try {
      Feature own = features.getFeature(OWN);
      return own != null && features.isInstalled(own);
    } catch (Exception e) { // the interface says no more; it has not read its repositories yet
      return false;
    }
  }

  /** Makes it so, unless it is. Whether it is then: Karaf may lose what it is told at its start. */
  private boolean isAsChosen(FeaturesService features, Choice choice) throws Exception {
    Feature feature = features.getFeature(choice.name());
    if (feature == null) {
      LOG.error(
          "{}: there is no feature '{}'; dhcp features are {}",
          file,
          choice.name(),
          ours(features));
      return true;
    }
    boolean isInstalled = features.isInstalled(feature);
    // What is to go may stay, if another one needs it.
    if (choice.install() ? isInstalled : !isInstalled || !features.isRequired(feature)) {
      return true;
    }
    hasActed = true;
    if (choice.install()) {
      features.installFeature(choice.name());
      if (!features.isInstalled(feature)) {
        return false;
      }
    } else {
      features.uninstallFeature(choice.name());
    }
    LOG.info("{}: {} {}", file, choice.done(), choice.name());
    return true;
  }

  private static List<String> ours(FeaturesService features) throws Exception {
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
