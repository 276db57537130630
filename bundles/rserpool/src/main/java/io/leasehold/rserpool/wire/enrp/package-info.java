// SPDX-License-Identifier: Apache-2.0
/** The messages among registrars (RFC 5353 section 2), immutable. */
package io.leasehold.rserpool.wire.enrp;
