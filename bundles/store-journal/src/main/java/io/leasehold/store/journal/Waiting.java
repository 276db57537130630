// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal;

import io.leasehold.lease.NoteChange;
import io.leasehold.lease.Position;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A batch that waits to be written.
 *
 * @param records its records
 * @param count how many
 * @param notes the notes among them
 * @param done completes when it is durable
 */
record Waiting(
    ByteBuffer records, int count, List<NoteChange> notes, CompletableFuture<Position> done) {}
