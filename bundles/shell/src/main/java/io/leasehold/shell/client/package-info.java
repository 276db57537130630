// SPDX-License-Identifier: Apache-2.0

/**
 * The far side of the console socket: the wire between both sides and the small program behind
 * {@code bin/leasehold exec}.
 */
package io.leasehold.shell.client;
