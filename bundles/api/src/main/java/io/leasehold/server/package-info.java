// SPDX-License-Identifier: Apache-2.0
/** The server as its operators and other bundles see it: status, counters, leases, plan. */
@Export
@Version("1.6.0")
package io.leasehold.server;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
