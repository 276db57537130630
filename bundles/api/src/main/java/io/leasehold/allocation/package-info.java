// SPDX-License-Identifier: Apache-2.0
/**
 * Allocation: how a free address or prefix of a pool is chosen, and what may be promised of what is
 * shared with another server.
 */
@Export
@Version("1.4.0")
package io.leasehold.allocation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
