// SPDX-License-Identifier: Apache-2.0
/** Components of the transport. */
package io.leasehold.transport.dtls.osgi;
