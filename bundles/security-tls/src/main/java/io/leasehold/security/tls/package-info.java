// SPDX-License-Identifier: Apache-2.0
/** Channels over streams: TLS. */
package io.leasehold.security.tls;
