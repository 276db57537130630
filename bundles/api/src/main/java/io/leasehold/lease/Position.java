// SPDX-License-Identifier: Apache-2.0
package io.leasehold.lease;

import java.util.UUID;

/**
 * A place in the history of a store.
 *
 * @param store identity of the store; new after a restore or a wipe
 * @param sequence grows with every batch
 */
public record Position(UUID store, long sequence) {}
