// SPDX-License-Identifier: Apache-2.0
package io.leasehold.store.journal.osgi;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code io.leasehold.store.journal}. */
@ObjectClassDefinition(name = "Leasehold lease journal")
@interface JournalConfig {
  /** Where the journal is kept. */
  @AttributeDefinition(
      description = "Directory of the journal; empty: leasehold/leases in Karaf's data directory",
      required = false)
  String directory() default "";

  /** When a commit is durable. */
  @AttributeDefinition(
      description =
          "group: a client is answered when its lease is on disk; interval: a power failure loses"
              + " acknowledged leases; none: for tests")
  String sync() default "group";

  /** With interval: how long a commit may be volatile. */
  @AttributeDefinition(description = "With sync=interval: milliseconds between syncs, 1 to 60000")
  int sync_interval_millis() default 100;

  /** Length of a segment file. */
  @AttributeDefinition(description = "Length of a segment file in MiB, 4 to 1024")
  int segment_mib() default 64;

  /** Bound of the queue, in batches. */
  @AttributeDefinition(
      description = "Batches that may wait; more are refused at once, 1 to 10000000")
  int queue_batches() default 100_000;

  /** Bound of the queue, in octets. */
  @AttributeDefinition(description = "MiB that may wait; more are refused at once, 1 to 1024")
  int queue_mib() default 64;

  /** Bound of checkpoint writing. */
  @AttributeDefinition(
      description = "How fast a checkpoint is written at most, in MiB/s, 1 to 10000")
  int checkpoint_mib_per_second() default 64;
}
