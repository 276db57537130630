// SPDX-License-Identifier: Apache-2.0
/** Hops protected by IPsec, verified over VICI. */
package io.leasehold.security.ipsec;
