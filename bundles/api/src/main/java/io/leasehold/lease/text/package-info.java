// SPDX-License-Identifier: Apache-2.0
/**
 * Leases as text: exports and imports that move them from one store to any other, and the lease
 * files of Kea and of ISC dhcpd.
 */
@Export
@Version("1.2.0")
package io.leasehold.lease.text;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
