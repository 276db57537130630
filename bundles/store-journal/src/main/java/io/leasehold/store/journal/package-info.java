// SPDX-License-Identifier: Apache-2.0

/** Lease store in an append-only journal with checkpoints. */
package io.leasehold.store.journal;
