// SPDX-License-Identifier: Apache-2.0
/** Components of the TLS providers. */
package io.leasehold.security.tls.osgi;
