// SPDX-License-Identifier: Apache-2.0
/** The relay agent: what it tells, and what it asks of others. */
@Export
@Version("1.1.0")
package io.leasehold.relay;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
