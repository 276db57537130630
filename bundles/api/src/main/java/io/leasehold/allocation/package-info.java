// SPDX-License-Identifier: Apache-2.0
/** Allocation: how a free address or prefix of a pool is chosen. */
@Export
@Version("1.0.0")
package io.leasehold.allocation;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
