// SPDX-License-Identifier: Apache-2.0
/** Components of the DTLS providers. */
package io.leasehold.security.dtls.osgi;
