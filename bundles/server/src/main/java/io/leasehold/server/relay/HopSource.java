// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.relay;

import io.leasehold.security.Assurance;

/**
 * Who speaks over a hop.
 *
 * @param carrier scheme of the hop
 * @param peerId who it proved to be
 * @param assurance what the hop vouches for
 */
record HopSource(String carrier, String peerId, Assurance assurance) {}
