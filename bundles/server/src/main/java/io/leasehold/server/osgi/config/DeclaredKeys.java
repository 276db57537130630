// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi.config;

import io.leasehold.server.osgi.config.ConfigFile.Key;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeInformation;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of every component, as the bundles declare them. A bundle is read once after each start
 * and only while it is active: who reads a bundle between two revisions makes the framework resolve
 * it, for which the update is waited for, and the framework ends that deadlock by breaking the
 * update off. Not for use by more than one thread at a time.
 */
final class DeclaredKeys {
  private static final Logger LOG = LoggerFactory.getLogger(DeclaredKeys.class);

  private final MetaTypeService metaTypes;
  private final Set<Bundle> unread = new LinkedHashSet<>();
  private final Map<Long, Map<String, Map<String, Key>>> byBundle = new TreeMap<>();

  DeclaredKeys(MetaTypeService metaTypes) {
    this.metaTypes = metaTypes;
  }

  /** Notes bundles that may have been started. */
  void started(Bundle... bundles) {
    unread.addAll(Arrays.asList(bundles));
  }

  /** Forgets a bundle; one that has only stopped still has its files. */
  void uninstalled(Bundle bundle) {
    unread.remove(bundle);
    byBundle.remove(bundle.getBundleId());
  }

  /** By PID, of all bundles that have been started and are installed. */
  Map<String, Map<String, Key>> byPid() {
    unread.stream().filter(bundle -> bundle.getState() == Bundle.ACTIVE).forEach(this::read);
    unread.clear();
    Map<String, Map<String, Key>> known = new HashMap<>();
    byBundle.values().forEach(known::putAll);
    return known;
  }

  private void read(Bundle bundle) {
    try {
      Map<String, Map<String, Key>> declared = new HashMap<>();
      MetaTypeInformation information = metaTypes.getMetaTypeInformation(bundle);
      if (information != null) {
        ours(information.getPids(), declared, information);
        ours(information.getFactoryPids(), declared, information);
      }
      byBundle.put(bundle.getBundleId(), declared);
    } catch (RuntimeException e) { // the framework looks for what is gone already
      LOG.debug("{} declares no configuration now", bundle, e);
    }
  }

  private static void ours(
      String[] pids, Map<String, Map<String, Key>> known, MetaTypeInformation information) {
    for (String pid : pids == null ? new String[0] : pids) {
      if (pid.startsWith(ConfigFile.OURS)) {
        known.put(pid, keys(information.getObjectClassDefinition(pid, null)));
      }
    }
  }

  private static Map<String, Key> keys(ObjectClassDefinition definition) {
    Map<String, Key> keys = new HashMap<>();
    for (AttributeDefinition each : definition.getAttributeDefinitions(ObjectClassDefinition.ALL)) {
      keys.put(each.getID(), new Key(each.getType(), each.getDescription()));
    }
    return keys;
  }
}
