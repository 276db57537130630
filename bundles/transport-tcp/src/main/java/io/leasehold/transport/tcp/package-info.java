// SPDX-License-Identifier: Apache-2.0
/** Hops over TCP. */
package io.leasehold.transport.tcp;
