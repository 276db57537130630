// SPDX-License-Identifier: Apache-2.0
/** Probes: whether somebody answers at an address before a client is offered it. */
@Export
@Version("1.0.0")
package io.leasehold.probe;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
