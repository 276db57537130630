// SPDX-License-Identifier: Apache-2.0
package io.leasehold.hop;

import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/** The connections of a transport as operators see and end them. May be used from any thread. */
@ConsumerType
public interface Connections {
  /** Connections of both directions. */
  List<LinkStatus> links();

  /**
   * Ends or replaces a connection in good order.
   *
   * @param id of {@link LinkStatus}
   * @return false if there is none
   */
  boolean drain(String id);
}
