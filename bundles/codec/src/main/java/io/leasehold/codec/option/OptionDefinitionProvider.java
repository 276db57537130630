// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.option;

import java.util.Collection;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Adds option definitions to the product. Register an implementation as an OSGi service: its
 * options can be configured, sent and shown from then on, and no longer once the service is gone.
 */
@ConsumerType
public interface OptionDefinitionProvider {
  /** The definitions, the same on every call. Any thread may call; must not block. */
  Collection<OptionDefinition> definitions();
}
