// SPDX-License-Identifier: Apache-2.0
package io.leasehold.security;

/**
 * A channel as operators see it.
 *
 * @param name of the profile
 * @param provider its name in the profile
 * @param bundle name and version of the bundle that provides it; empty while there is none
 * @param health how it is
 * @param assurance the most it vouches for
 * @param engines channels made and not ended yet, of this provider and of those before it
 */
public record ChannelStatus(
    String name, String provider, String bundle, Health health, Assurance assurance, int engines) {}
