// SPDX-License-Identifier: Apache-2.0

/** Puts routes to delegated prefixes into the kernel of Linux (RFC 8987 section 4.2). */
package io.leasehold.route.linux;
