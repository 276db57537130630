// SPDX-License-Identifier: Apache-2.0
package io.leasehold.event;

import io.leasehold.lease.LeaseChange;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Is told of lease changes after they became durable, in their order, on a thread that owns no
 * lease.
 */
@ConsumerType
public interface LeaseListener {
  /** Changes that became durable together. */
  void committed(List<LeaseChange> changes);
}
