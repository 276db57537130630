// SPDX-License-Identifier: Apache-2.0

/** Datagram transport on JDK channels. */
package io.leasehold.transport.udp;
