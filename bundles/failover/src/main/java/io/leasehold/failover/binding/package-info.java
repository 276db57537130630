// SPDX-License-Identifier: Apache-2.0
/** What partners tell each other of leases (RFC 8156 section 7). */
package io.leasehold.failover.binding;
