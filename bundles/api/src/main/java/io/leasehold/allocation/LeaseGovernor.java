// SPDX-License-Identifier: Apache-2.0
package io.leasehold.allocation;

import io.leasehold.lease.LeaseChange;
import java.util.List;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what a server may promise on subnets that it shares with another server. A subnet of the
 * plan names its governor; while there is none of that name, the subnet is closed.
 */
@ConsumerType
public interface LeaseGovernor {
  /** The name by which subnets refer to it. */
  String name();

  /**
   * What may be promised now. Any thread; never blocks. One view is used for a whole request, so
   * that an answer is never of two states.
   */
  GovernorView view();

  /**
   * Changes of governed leases that became durable, in the order of each lease. A hint: what must
   * not be lost is marked in the leases themselves. On a thread that works for a lane; must not
   * block.
   */
  void committed(List<LeaseChange> changes);
}
