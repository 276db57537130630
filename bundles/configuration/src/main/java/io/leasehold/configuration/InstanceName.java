// SPDX-License-Identifier: Apache-2.0
package io.leasehold.configuration;

import java.util.Map;

/** Name of an instance: what stands after the hyphen in the name of its file. */
public final class InstanceName {
  private InstanceName() {}

  /**
   * The name; by the identifier of the configuration if there is no file.
   *
   * @param pid of the component, {@code io.leasehold.relay}
   * @param properties of the instance
   */
  public static String of(String pid, Map<String, ?> properties) {
    Object given = properties.get("leasehold.name");
    if (given != null) {
      return given.toString();
    }
    Object file = properties.get("felix.fileinstall.filename");
    String name = file == null ? "" : file.toString();
    name = name.substring(name.lastIndexOf('/') + 1);
    if (name.startsWith(pid + "-") && name.endsWith(".cfg")) {
      return name.substring(pid.length() + 1, name.length() - ".cfg".length());
    }
    String identifier = String.valueOf(properties.get("service.pid"));
    return identifier.substring(identifier.lastIndexOf('~') + 1);
  }
}
