// SPDX-License-Identifier: Apache-2.0

/** The options of both families that the product knows without being told. */
@Export
@Version("1.0.0")
package io.leasehold.codec.registry;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
