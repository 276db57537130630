// SPDX-License-Identifier: Apache-2.0

/** Publishes the datagram transport as a service. */
package io.leasehold.transport.udp.osgi;
