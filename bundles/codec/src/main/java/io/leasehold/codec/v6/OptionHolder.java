// SPDX-License-Identifier: Apache-2.0
package io.leasehold.codec.v6;

import io.leasehold.codec.option.Options;
import org.osgi.annotation.versioning.ProviderType;

/** A value of an option that has options of its own: an association, an address, a prefix. */
@ProviderType
public interface OptionHolder {
  /** The options inside. */
  Options options();
}
