// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** The option definitions that there are. Methods may be called from any thread. */
@ProviderType
public interface OptionLedger {
  /** Those of the product, then those of bundles, then those of the plan in force. */
  List<DefinedOption> options();
}
