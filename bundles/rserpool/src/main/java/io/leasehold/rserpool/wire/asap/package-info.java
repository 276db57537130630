// SPDX-License-Identifier: Apache-2.0
/**
 * The messages between pool elements, pool users and registrars (RFC 5352 section 2), immutable.
 */
package io.leasehold.rserpool.wire.asap;
