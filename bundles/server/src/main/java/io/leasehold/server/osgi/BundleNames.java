// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.osgi;

import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** Which bundles services are from. */
final class BundleNames {
  private BundleNames() {}

  /** Symbolic name of the bundle of a service's class; empty outside a framework. */
  static String of(Object service) {
    Bundle bundle = FrameworkUtil.getBundle(service.getClass());
    return bundle == null ? "" : bundle.getSymbolicName();
  }
}
