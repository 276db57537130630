// SPDX-License-Identifier: Apache-2.0
/**
 * Lease store in an append-only journal with checkpoints: formats, group commit, compaction,
 * recovery and replay. No threads, no clock and no files of its own: those come from the {@code
 * osgi} package, or from a test.
 */
package io.leasehold.store.journal;
