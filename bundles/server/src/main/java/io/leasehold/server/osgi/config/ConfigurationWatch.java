// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi.config;

import io.leasehold.server.ConfigurationFindings;
import io.leasehold.server.osgi.config.ConfigFile.Key;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.metatype.MetaTypeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what is configured with what the components of all bundles say they can be told, and
 * warns once of each mistake. It is there although the server itself may not start. Any thread.
 */
@Component(immediate = true, configurationPolicy = ConfigurationPolicy.IGNORE)
public final class ConfigurationWatch
    implements ConfigurationFindings, ConfigurationListener, BundleListener, FrameworkListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
  private static final String OURS = ConfigFile.OURS;
  private static final String FILE_KEY = "felix.fileinstall.filename";

  private final BundleContext context;
  private final ConfigurationAdmin configurations;
  private final DeclaredKeys declared;
  private final ServiceComponentRuntime components;

  /** Changed under the lock of this, because events come on several threads. */
  private volatile List<String> mistakes = List.of();

  /** Begins to watch. */
  @Activate
  public ConfigurationWatch(
      BundleContext context,
      @Reference ConfigurationAdmin configurations,
      @Reference MetaTypeService metaTypes,
      @Reference ServiceComponentRuntime components) {
    this.context = context;
    this.configurations = configurations;
    this.declared = new DeclaredKeys(metaTypes);
    this.components = components;
    context.addBundleListener(this);
    context.addFrameworkListener(this);
    started(context.getBundles());
  }

  /** Watches no more. */
  @Deactivate
  void stop() {
    context.removeFrameworkListener(this);
    context.removeBundleListener(this);
  }

  @Override
  public void configurationEvent(ConfigurationEvent event) {
    if (event.getPid().startsWith(OURS)) {
      warn();
    }
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STARTED) {
      started(event.getBundle());
    } else if (event.getType() == BundleEvent.UNINSTALLED) {
      uninstalled(event.getBundle());
    }
  }

  @Override
  public void frameworkEvent(FrameworkEvent event) {
    if (event.getType() == FrameworkEvent.STARTLEVEL_CHANGED
        || event.getType() == FrameworkEvent.STARTED) {
      warn();
    }
  }

  /** While bundles are still being started, a file may only seem to belong to nobody. */
  private boolean starting() {
    String last = context.getProperty(Constants.FRAMEWORK_BEGINNING_STARTLEVEL);
    return last != null
        && context.getBundle(0).adapt(FrameworkStartLevel.class).getStartLevel()
            < Integer.parseInt(last.strip());
  }

  private synchronized void started(Bundle... bundles) {
    declared.started(bundles);
    warn();
  }

  private synchronized void uninstalled(Bundle bundle) {
    declared.uninstalled(bundle);
    warn();
  }

  private synchronized void warn() {
    if (starting()) {
      return;
    }
    List<String> found = lookForMistakes();
    Set<String> said = new HashSet<>(mistakes);
    found.stream().filter(mistake -> !said.contains(mistake)).forEach(LOG::warn);
    mistakes = found;
  }

  @Override
  public List<String> findings() {
    List<String> found = new ArrayList<>(mistakes);
    found.addAll(failures());
    return found;
  }

  private List<String> lookForMistakes() {
    Map<String, Map<String, Key>> known = declared.byPid();
    List<String> found = new ArrayList<>();
    for (ConfigFile file : files()) {
      Map<String, Key> keys = known.get(file.pid());
      if (keys != null) {
        found.addAll(file.findings(keys));
      } else {
        file.orphaned(known.keySet()).ifPresent(found::add);
      }
    }
    return found;
  }

  private List<ConfigFile> files() {
    List<ConfigFile> files = new ArrayList<>();
    try {
      Configuration[] all = configurations.listConfigurations("(service.pid=" + OURS + "*)");
      for (Configuration each : all == null ? new Configuration[0] : all) {
        Map<String, Object> values = new TreeMap<>();
        var properties = each.getProperties();
        Collections.list(properties.keys()).forEach(key -> values.put(key, properties.get(key)));
        String pid = each.getFactoryPid() == null ? each.getPid() : each.getFactoryPid();
        Object file = values.getOrDefault(FILE_KEY, pid);
        files.add(new ConfigFile(file.toString().replaceFirst("^file:/*", "/"), pid, values));
      }
    } catch (IOException | InvalidSyntaxException | IllegalStateException e) {
      LOG.warn("the configuration cannot be looked at", e);
    }
    return files;
  }

  /** Components that a wrong value, for example, has kept from starting. */
  private List<String> failures() {
    return components.getComponentDescriptionDTOs().stream()
        .filter(component -> component.name.startsWith(OURS))
        .flatMap(component -> components.getComponentConfigurationDTOs(component).stream())
        .filter(each -> each.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
        .map(
            each ->
                each.description.name
                    + " does not start: "
                    + rootCause(String.valueOf(each.failure)))
        .toList();
  }

  /** The message of the innermost exception of a printed stack trace. */
  static String rootCause(String trace) {
    List<String> lines = trace.lines().toList();
    String last =
        lines.stream()
            .filter(line -> line.startsWith("Caused by: "))
            .reduce((before, after) -> after)
            .orElse(lines.isEmpty() ? "" : lines.get(0));
    String[] parts = last.replaceFirst("^Caused by: ", "").split(": ", 2);
    return parts[parts.length - 1];
  }
}
