// SPDX-License-Identifier: Apache-2.0
package io.leasehold.transport;

import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/** What {@link Transport#bind} opened. */
@ConsumerType
public interface Binding extends AutoCloseable {
  /** Every endpoint that was asked for and how it is. Tells the truth of this moment. */
  List<EndpointStatus> endpoints();

  /**
   * Counters by name in kebab case, for example {@code received}, {@code sent}, {@code
   * send-failed}.
   */
  Map<String, Long> counters();

  /**
   * Closes every socket and ends every thread before it returns. Messages not yet handed over are
   * lost.
   */
  @Override
  void close();
}
