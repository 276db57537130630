// SPDX-License-Identifier: Apache-2.0
/**
 * A pool element (RFC 5352): keeps a server registered in its pools while it is ready to answer.
 * Without sockets, clocks and threads; {@link io.leasehold.pool.element.AsapEndpoint} is where it
 * begins.
 */
package io.leasehold.pool.element;
