// SPDX-License-Identifier: Apache-2.0

/**
 * What every transport of datagrams on this host needs, whatever sockets it uses: which endpoints
 * an operator's words mean on the interfaces as they are, keeping them in step with the interfaces,
 * and counting. Compiled into each of those bundles.
 */
package io.leasehold.transport.datagram;
