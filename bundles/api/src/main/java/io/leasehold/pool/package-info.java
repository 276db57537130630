// SPDX-License-Identifier: Apache-2.0
/**
 * Pools of servers (RSerPool, RFC 5351): members for those that use them, and what operators see of
 * pool users, pool elements and registrars.
 */
@Export
@Version("1.0.0")
package io.leasehold.pool;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
