// SPDX-License-Identifier: Apache-2.0

/**
 * DHCPv6 messages, relay chains and options (RFC 8415 sections 7 to 9 and 21): records for what the
 * protocol knows, tables for what only has a name.
 */
@Export
@Version("1.2.0")
package io.leasehold.codec.v6;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
