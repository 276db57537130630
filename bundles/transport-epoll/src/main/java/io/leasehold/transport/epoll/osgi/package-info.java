// SPDX-License-Identifier: Apache-2.0

/** Publishes the native datagram transport as a service. */
package io.leasehold.transport.epoll.osgi;
