// SPDX-License-Identifier: Apache-2.0

/** Channels without cryptography, and what every transport of hops promises. */
package io.leasehold.testkit.hop;
