// SPDX-License-Identifier: Apache-2.0

/**
 * Messages and options of DHCPv6 failover (RFC 8156 sections 5 and 7): what two servers that share
 * their clients tell each other, read whole before anything is believed.
 */
@Export
@Version("1.1.0")
package io.leasehold.codec.failover;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
