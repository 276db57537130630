// SPDX-License-Identifier: Apache-2.0
/**
 * Protection of hops between relay agents, servers and partners: providers make channels, consumers
 * ask for assurance and never for a provider.
 */
@Export
@Version("1.3.0")
package io.leasehold.security;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
