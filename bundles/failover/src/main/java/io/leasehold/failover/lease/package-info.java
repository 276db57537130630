// SPDX-License-Identifier: Apache-2.0
/** What a relationship keeps with a lease (RFC 8156 section 7.3). */
package io.leasehold.failover.lease;
