// SPDX-License-Identifier: Apache-2.0
/** Leases and where they are kept: the record, its key and states, and the store service. */
@Export
@Version("1.5.0")
package io.leasehold.lease;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
