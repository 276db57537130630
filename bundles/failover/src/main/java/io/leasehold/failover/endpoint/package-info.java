// SPDX-License-Identifier: Apache-2.0
/** One relationship: its states, and what is stored of them (RFC 8156 sections 6 and 8). */
package io.leasehold.failover.endpoint;
