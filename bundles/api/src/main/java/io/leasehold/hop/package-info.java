// SPDX-License-Identifier: Apache-2.0
/**
 * Hops: connections between relay agents, servers and partners that carry whole messages, protected
 * by channels.
 */
@Export
@Version("1.7.0")
package io.leasehold.hop;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
