// SPDX-License-Identifier: Apache-2.0
/** Failover relationships as operators see them (RFC 8156). */
@Export
@Version("1.1.0")
package io.leasehold.failover;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
