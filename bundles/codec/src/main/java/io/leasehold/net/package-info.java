// SPDX-License-Identifier: Apache-2.0

/** Addresses, prefixes, client identifiers and immutable byte strings. */
@Export
@Version("1.0.0")
package io.leasehold.net;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
