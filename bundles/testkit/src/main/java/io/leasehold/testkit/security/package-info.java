// SPDX-License-Identifier: Apache-2.0
/** Credentials, peers and a network in memory, and what every provider of channels promises. */
package io.leasehold.testkit.security;
