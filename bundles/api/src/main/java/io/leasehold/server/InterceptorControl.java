// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The interceptors that are there. Methods may be called from any thread. */
@ProviderType
public interface InterceptorControl {
  /** How they do, in the order in which they are asked. */
  List<InterceptorStatus> interceptors();

  /**
   * Asks an interceptor again that was disabled for its failures.
   *
   * @return false if there is none with the name
   */
  boolean enable(String name);
}
