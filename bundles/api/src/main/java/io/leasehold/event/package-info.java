// SPDX-License-Identifier: Apache-2.0
/** Events: what has become durable, told to whoever wants to know. */
@Export
@Version("1.0.0")
package io.leasehold.event;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
