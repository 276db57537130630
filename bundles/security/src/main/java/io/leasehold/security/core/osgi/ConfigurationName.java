// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security.core.osgi;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names and values of what is configured by {@code etc/PID-NAME.cfg}. */
final class ConfigurationName {
  private static final Pattern FILE = Pattern.compile(".*/[^/-]+-([^/]+)\\.(cfg|config|json)");
  private static final String[] OF_THE_PLATFORM = {
    "service.", "component.", "felix.fileinstall.", "org.apache.karaf.", "osgi."
  };

  private ConfigurationName() {}

  /** The name of the instance. */
  static String of(Map<String, Object> properties) {
    String pid = String.valueOf(properties.get("service.pid"));
    int tilde = pid.indexOf('~');
    if (tilde >= 0) {
      return pid.substring(tilde + 1);
    }
    Matcher file =
        FILE.matcher(String.valueOf(properties.getOrDefault("felix.fileinstall.filename", "")));
    return file.matches() ? file.group(1) : pid;
  }

  /** The values that are not blank, without those that the platform adds. */
  static Map<String, String> values(Map<String, Object> properties) {
    Map<String, String> values = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          String text = value.toString().strip();
          if (!text.isEmpty() && !ofThePlatform(key)) {
            values.put(key, text);
          }
        });
    return values;
  }

  private static boolean ofThePlatform(String key) {
    for (String prefix : OF_THE_PLATFORM) {
      if (key.startsWith(prefix)) {
        return true;
      }
    }
    return key.startsWith(".") || key.endsWith(".target");
  }
}
