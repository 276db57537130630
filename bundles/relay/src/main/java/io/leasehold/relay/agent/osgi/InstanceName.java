// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.osgi;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Name of an instance: what stands after the hyphen in the name of its file. */
final class InstanceName {
  private static final Pattern FILE = Pattern.compile(".*/io\\.leasehold\\.relay-([^/]+)\\.cfg");

  private InstanceName() {}

  /** The name; by the identifier of the configuration if there is no file. */
  static String of(Map<String, ?> properties) {
    Object given = properties.get("leasehold.name");
    if (given != null) {
      return given.toString();
    }
    Object file = properties.get("felix.fileinstall.filename");
    Matcher matcher = FILE.matcher(file == null ? "" : file.toString());
    if (matcher.matches()) {
      return matcher.group(1);
    }
    String pid = String.valueOf(properties.get("service.pid"));
    return pid.substring(pid.lastIndexOf('~') + 1);
  }
}
