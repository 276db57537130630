// SPDX-License-Identifier: Apache-2.0

/**
 * Options of both DHCP families: raw and ordered as they came, typed where somebody asks, described
 * by rows of data that anyone may add to.
 */
@Export
@Version("1.5.0")
package io.leasehold.codec.option;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
