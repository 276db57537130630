// SPDX-License-Identifier: Apache-2.0

/**
 * Reading and writing octets in network byte order, and the one exception that says that received
 * octets are not what they should be.
 */
@Export
@Version("1.2.0")
package io.leasehold.codec;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
