// SPDX-License-Identifier: Apache-2.0

/** Publishes the transport as a service. */
package io.leasehold.transport.sctp.osgi;
