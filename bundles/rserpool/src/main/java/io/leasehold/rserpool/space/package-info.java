// SPDX-License-Identifier: Apache-2.0
/**
 * The handlespace: all pools and their members as one registrar knows them, and the checksums by
 * which registrars compare what they know (RFC 5353 section 3.6).
 */
package io.leasehold.rserpool.space;
