// SPDX-License-Identifier: Apache-2.0
package io.leasehold.shell.osgi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
  private static final long LONG_POLLS = TimeUnit.SECONDS.toMillis(8) / POLL_MILLIS;
  private static final int POLLS_WITHOUT_SERVICE = 100;
  private static final int MOST_FRAMES = 24;

  private final BundleContext context;
  private final Path file;
  private final Thread thread;
  private final ExecutorService workers = Executors.newCachedThreadPool(FeatureChooser::worker);
  private volatile boolean isStopped;
  private volatile boolean hasActed;

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

  private static Thread worker(Runnable work) {
    Thread thread = new Thread(work, "leasehold-features-work");
    thread.setDaemon(true);
    return thread;
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
    Attempt attempt = new Attempt(choice);
    for (long polls = 0; !isStopped && !attempt.hasDone(); polls++) {
      if (polls == LONG_POLLS) {
        LOG.warn(
            "{}: '{}' is not {} yet: Karaf has not finished its start; dhcp:status and"
                + " feature:list say how far it is. {}; {}",
            file,
            choice.name(),
            choice.done(),
            attempt.why(),
            whoWorks());
      }
      if (attempt.isOver()) {
        attempt = new Attempt(choice);
      }
    }
  }

  /**
   * One feature service is asked to carry a choice out, on a thread of its own: one that has been
   * replaced meanwhile may never answer.
   */
  private final class Attempt {
    private final Choice choice;
    private final ServiceReference<FeaturesService> present;
    private final Future<Boolean> work;
    private int polls;

    Attempt(Choice choice) {
      this.choice = choice;
      this.present = context.getServiceReference(FeaturesService.class);
      this.work = workers.submit(this::isCarriedOut);
    }

    /** Whether nothing is left to be done, or can be; waits a moment. */
    boolean hasDone() throws InterruptedException {
      Thread.sleep(POLL_MILLIS);
      try {
        return work.isDone() && work.get();
      } catch (ExecutionException e) {
        LOG.error("{}: '{}' cannot be {}", file, choice.name(), choice.done(), e.getCause());
        return true;
      }
    }

    /** Whether another one is to be asked. */
    boolean isOver() {
      boolean hasGone = present != null && present.getBundle() == null;
      polls = hasGone ? polls + 1 : 0;
      if (polls == POLLS_WITHOUT_SERVICE) {
        work.cancel(true);
      }
      return work.isDone();
    }

    /** What it waits for. */
    String why() {
      if (present == null) {
        return "There is no feature service";
      }
      String of = present.getBundle() == null ? "A feature service that has gone" : "Its service";
      return of + (work.isDone() ? " has not recorded its start" : " has not answered");
    }

    private boolean isCarriedOut() {
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
  }

  /** Where threads are that install features, the innermost call first. */
  private static String whoWorks() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> Arrays.toString(each.getValue()).contains("org.apache.karaf.features"))
        .map(
            each ->
                Arrays.stream(each.getValue())
                    .limit(MOST_FRAMES)
                    .map(frame -> frame.getClassName() + "." + frame.getMethodName())
                    .collect(Collectors.joining(" < ", each.getKey().getName() + ": ", "")))
        .collect(Collectors.joining("; ", "at work: ", ""));
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
    workers.shutdownNow();
  }
}
