// SPDX-License-Identifier: Apache-2.0
/** The parameters of ASAP and ENRP (RFC 5354 section 3), immutable. */
package io.leasehold.rserpool.wire.parameter;
