// SPDX-License-Identifier: Apache-2.0

/** Datagram transport on Linux' own socket options and batches, by way of Netty. */
package io.leasehold.transport.epoll;
