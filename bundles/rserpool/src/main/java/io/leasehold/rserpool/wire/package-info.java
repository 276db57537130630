// SPDX-License-Identifier: Apache-2.0
/**
 * What ASAP and ENRP have in common on the wire (RFC 5354): messages, parameters, and what becomes
 * of those that are not known. Octets in, values out; safe for any thread unless a class says
 * otherwise.
 */
package io.leasehold.rserpool.wire;
