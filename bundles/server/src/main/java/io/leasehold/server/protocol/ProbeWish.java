// SPDX-License-Identifier: Apache-2.0
package io.leasehold.server.protocol;

import io.leasehold.lease.LeaseKey;
import java.time.Duration;

/**
 * A reply waits until it is known that nobody uses an address.
 *
 * @param key the address
 * @param subnetId its subnet
 * @param requests how often to ask
 * @param patience how long to wait for an answer each time
 * @param noneLeft why the client is not answered if somebody uses whatever address is probed
 */
public record ProbeWish(
    LeaseKey key, long subnetId, int requests, Duration patience, DropReason noneLeft) {}
