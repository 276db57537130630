// SPDX-License-Identifier: Apache-2.0
/** Transports: whole DHCP messages in and out of this host. */
@Export
@Version("1.2.0")
package io.leasehold.transport;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
