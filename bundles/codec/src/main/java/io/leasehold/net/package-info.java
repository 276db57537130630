// SPDX-License-Identifier: Apache-2.0

/**
 * Network values every other package speaks in: octet sequences, addresses, prefixes, domain names
 * and the identifiers of DHCP clients. All are immutable, compare by value and know nothing of
 * sockets or name resolution.
 */
@Export
@Version("1.1.0")
package io.leasehold.net;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
