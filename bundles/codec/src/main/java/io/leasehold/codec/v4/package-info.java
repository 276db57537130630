// SPDX-License-Identifier: Apache-2.0

/**
 * DHCPv4 and BOOTP messages as RFC 2131 and its companions have them: records to and from octets,
 * with options that are overloaded, split and joined on the way, and the options by name.
 */
@Export
@Version("1.0.0")
package io.leasehold.codec.v4;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
