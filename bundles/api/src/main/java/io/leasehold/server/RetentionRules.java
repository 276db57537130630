// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** What is kept of clients, and for how long. May be asked from any thread. */
@ProviderType
public interface RetentionRules {
  /** The rules in force. */
  List<RetentionRule> rules();
}
