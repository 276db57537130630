// SPDX-License-Identifier: Apache-2.0
/** Hooks: code that sees packets on their way through the server. */
@Export
@Version("1.2.0")
package io.leasehold.hook;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
