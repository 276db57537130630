// SPDX-License-Identifier: Apache-2.0
package io.leasehold.relay.agent.upstream;

import io.leasehold.relay.agent.Flow;
import java.util.List;

/** Says to which uplinks a message goes. Any thread; nothing blocks. */
interface Selection {
  /** Indices of uplinks; some of them may be down. */
  List<Integer> targets(Flow flow, long nowMillis);

  /** An uplink was found dead. */
  void died(int uplink);
}
