// SPDX-License-Identifier: Apache-2.0
package io.leasehold.pool;

import io.leasehold.net.Bytes;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** The pool user as operators see it. May be asked from any thread; nothing blocks. */
@ProviderType
public interface PoolUserControl {
  /** Every pool that is followed, by handle. */
  List<PoolView> views();

  /** Where registrars are asked, in the order in which they are tried. */
  List<RegistrarContact> registrars();

  /**
   * How a client is served by each pool that is followed, without any effect on the next selection.
   *
   * @param client as in {@link PoolSubscription#candidates}
   */
  List<PoolTrace> trace(Bytes client);

  /** Counters by name in kebab case. */
  Map<String, Long> counters();

  /** What wants attention, a sentence each. */
  List<String> alarms();
}
