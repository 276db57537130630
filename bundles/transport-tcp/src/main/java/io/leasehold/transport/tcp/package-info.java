// SPDX-License-Identifier: Apache-2.0

/**
 * Hops over TCP: framed messages, protected by a channel or, where operators have said so twice, in
 * clear. Connections are accepted sparingly, kept up, and replaced before they are ended.
 */
package io.leasehold.transport.tcp;
